"""Files made to harm are refused or bounded, with the right words, and whoever asked goes on living."""

import json
import os
import subprocess
import sys
import zlib

import psutil
import pytest

from hearback.documents import bounded
from hearback.documents.bounded import pictures, read_bounded
from hearback.documents.confine import CPU_SECONDS, MEMORY_BYTES
from hearback.documents.faults import DocumentFault, Fault
from tests.documents.making import docx, docx_with, p, packed, part
from tests.documents.making_pdf import Page, pdf, text

CV = "Mara Lindqvist\nmara@example.org\n\nExperience\nEngineer, Nordlicht AB\n2019 - 2021\n- Built the tracker\n"
PLAIN = pdf([Page(text(*((72, 720 - 16 * n, line) for n, line in enumerate(CV.split("\n")) if line)))])


def fault_of(data: bytes, name: str) -> Fault:
    with pytest.raises(DocumentFault) as raised:
        read_bounded(data, name)
    return raised.value.kind


def test_an_honest_file_is_read_with_its_pages_and_pictures() -> None:
    read, pages = read_bounded(PLAIN, "cv.pdf")
    assert read.cv["basics"]["email"] == "mara@example.org" and pages == 1
    assert pictures(PLAIN)[0].startswith(b"\x89PNG")
    assert pictures(CV.encode()) == []


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    assert fault_of(docx_with(p("x"), {"word/media/a.xml": b" " * 50_000_000}), "cv.docx") is Fault.TOO_HEAVY
    assert fault_of(docx(p("x"), styles=b"<a>" + b" " * 30_000_000), "cv.docx") is Fault.TOO_HEAVY


def test_a_zip_that_lies_about_its_sizes_is_bounded() -> None:
    data = bytearray(docx("<w:p/>" + " " * 40_000_000))
    # The directory at the end of the file says that document.xml is small.
    at = data.rindex(b"word/document.xml") - 46
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    assert fault_of(bytes(data), "cv.docx") in (Fault.TOO_HEAVY, Fault.CORRUPT)


def test_thousands_of_files_in_a_zip_are_refused() -> None:
    assert (
        fault_of(docx_with(p("x"), {f"word/{n}.xml": "x" for n in range(4000)}), "cv.docx") is Fault.TOO_HEAVY
    )


def test_entities_of_xml_are_never_resolved() -> None:
    secret = "/etc/hostname"
    outside = (
        f'<!DOCTYPE w [<!ENTITY x SYSTEM "file://{secret}">]>' + part("document", "<w:body>&x;</w:body>")[38:]
    )
    laughs = "<!DOCTYPE w [<!ENTITY a0 'ha'>"
    laughs += "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    laughs += "]><w:document xmlns:w='w'>&a9;</w:document>"
    for inner in (outside, laughs):
        assert fault_of(docx_with("", {"word/styles.xml": inner}), "cv.docx") is Fault.CORRUPT
    content = f'<!DOCTYPE x [<!ENTITY x SYSTEM "file://{secret}">]><x>&x;</x>'
    files = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    assert fault_of(packed(files), "cv.odt") is Fault.CORRUPT


def test_deep_nesting_is_refused_in_every_kind() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 3000 + "</w:tc></w:tr></w:tbl>" * 3000
    assert fault_of(docx(deep), "cv.docx") in (Fault.TOO_HEAVY, Fault.CORRUPT)
    assert fault_of(b"<html><body>" + b"<div>" * 200_000 + b"Mara", "cv.html") is Fault.TOO_HEAVY
    assert fault_of(rb"{\rtf1 " + b"{" * 100_000 + b"Mara" + b"}" * 100_001, "cv.rtf") is Fault.TOO_HEAVY
    assert fault_of(b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "cv.json") is Fault.CORRUPT
    assert fault_of(b'{"a":' * 30 + b'"x"' + b"}" * 30, "cv.json") is Fault.CORRUPT


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        ("<", "cv.html"), ("<!--", "cv.html"), ("[", "cv.md"), ("![](", "cv.md"), ("*a ", "cv.md"), ("> ", "cv.md"),
        ("`", "cv.md"), (r"\'", "cv.rtf"), (r"{\field ", "cv.rtf"), ("0a ", "cv.rtf"), (" |", "cv.rtf"),
        ("- ", "cv.txt"), ("\t", "cv.txt"), ("a@", "cv.txt"), ("1-", "cv.txt"), ("\u200b", "cv.txt"),
    ],
)  # fmt: skip
def test_long_rows_of_one_sign_end_in_an_answer(
    unit: str, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever the answer is, it comes, and it is none of ours that nobody thought of."""
    start = {"cv.rtf": r"{\rtf1 ", "cv.html": "<html>"}.get(name, "")
    try:
        read_bounded((start + unit * (100_000 // len(unit.encode()))).encode(), name)
    except DocumentFault as fault:
        assert fault.words
    assert "reader_failed" not in caplog.text


def test_a_tree_of_pages_that_leads_back_to_itself_ends() -> None:
    looping = PLAIN.replace(b"/Kids [", b"/Kids [2 0 R 2 0 R ")
    try:
        read_bounded(looping, "cv.pdf")
    except DocumentFault as fault:
        assert fault.kind in (Fault.CORRUPT, Fault.TOO_LONG, Fault.SCANNED, Fault.TOO_HEAVY)
    assert read_bounded(PLAIN, "cv.pdf")[1] == 1


def test_ten_thousand_pages_are_refused_with_their_number() -> None:
    many = pdf([Page(text((72, 720, "Mara")))] * 10_000)
    with pytest.raises(DocumentFault) as raised:
        read_bounded(many, "cv.pdf")
    assert raised.value.kind is Fault.TOO_LONG and "10,000" in raised.value.words


def test_huge_pages_and_huge_pictures_are_bounded() -> None:
    wide = pdf(
        [Page(text((72, 720, "Mara Lindqvist"), (72, 700, "mara@example.org")), box=(0, 0, 10**7, 10**7))]
    )
    for made in pictures(wide):
        assert len(made) < 5_000_000
    # Ten million by ten million points of one bit, packed to little.
    picture = zlib.compress(bytes(4_000_000))
    huge = f"<< /Type /XObject /Subtype /Image /Width 100000 /Height 100000 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /FlateDecode /Length {len(picture)} >>"
    data = pdf([Page(b"q 500 0 0 500 0 0 cm /I Do Q")], image=(huge.encode(), picture))
    assert fault_of(data, "cv.pdf") in (Fault.SCANNED, Fault.TOO_HEAVY)
    try:
        pictures(data)
    except DocumentFault as fault:
        assert fault.kind is Fault.TOO_HEAVY


def test_a_stream_that_unpacks_without_end_is_bounded() -> None:
    bomb = zlib.compress(b"0 0 m " * 60_000_000, 9)
    data = pdf([Page(bomb, filters="/FlateDecode")])
    assert fault_of(data, "cv.pdf") in (Fault.TOO_HEAVY, Fault.SCANNED)


def test_macros_are_refused_under_any_name() -> None:
    assert fault_of(docx_with(p("x"), {"word/vbaProject.bin": b"x"}), "cv.docx") is Fault.ACTIVE


def test_the_name_is_never_a_path() -> None:
    assert read_bounded(CV.encode(), "../../../../etc/passwd\x00/cv.txt")[1] == 1


def _in_the_process(code: str) -> "subprocess.CompletedProcess[str]":
    """Run some code as the reading process does, confined."""
    start = "import sys\nfrom hearback.documents.confine import confine\nconfine()\n"
    environment = {"PATH": os.environ["PATH"]}
    command = [sys.executable, "-c", start + code]
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, cwd=bounded._ROOT, check=False
    )


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.fork()",
        "open('/tmp/hearback-was-here', 'w')",
        "import os; os.open('/tmp/hearback-was-here', os.O_CREAT | os.O_WRONLY)",
        "import os; os.remove('README.md')",
    ],
)
def test_the_process_reaches_no_network_no_file_and_no_program(code: str) -> None:
    done = _in_the_process(code)
    assert done.returncode != 0 and "not allowed here" in done.stderr


def test_the_process_cannot_take_all_memory() -> None:
    done = _in_the_process(f"held = bytearray({MEMORY_BYTES})\nprint('took it')")
    assert done.returncode != 0 and "took it" not in done.stdout
    slowly = "held = []\nfor _ in range(200): held.append(b'x' * 4_000_000)\nprint('took it')"
    done = _in_the_process(slowly)
    assert done.returncode != 0 and "took it" not in done.stdout


def test_the_process_has_a_limit_of_time_and_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "a-secret-of-this-test")
    assert "SECRET_KEY" not in bounded.environment()
    done = _in_the_process("import resource; print(resource.getrlimit(resource.RLIMIT_CPU)[0])")
    assert int(done.stdout) <= CPU_SECONDS


def test_a_process_that_hangs_is_ended_and_said_to_be_too_heavy(monkeypatch: pytest.MonkeyPatch) -> None:
    hanging = "import sys, time\nprint('ready', flush=True)\nsys.stdin.buffer.read()\ntime.sleep(600)"
    monkeypatch.setattr(bounded, "COMMAND", (sys.executable, "-c", hanging))
    monkeypatch.setattr(bounded, "SECONDS", 0.5)
    with pytest.raises(DocumentFault) as raised:
        read_bounded(CV.encode(), "cv.txt")
    assert raised.value.kind is Fault.TOO_HEAVY
    mine = psutil.Process().children(recursive=True)
    assert not [child for child in mine if "time.sleep(600)" in " ".join(child.cmdline())]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("ready\n", Fault.TOO_HEAVY),
        ("ready\nno json", Fault.TOO_HEAVY),
        ("[1]", Fault.CORRUPT),
        (json.dumps({"cv": 1, "marks": [], "warnings": [], "pages": 1}), Fault.CORRUPT),
        (json.dumps({"cv": {}, "marks": [{"x": 1}], "warnings": [], "pages": 1}), Fault.CORRUPT),
        (json.dumps({"fault": "unheard of"}), Fault.CORRUPT),
        (json.dumps({"fault": ["locked"]}), Fault.CORRUPT),
    ],
)
def test_a_process_that_was_taken_over_can_only_answer_nonsense(
    said: str, kind: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "COMMAND", (sys.executable, "-c", f"print({said!r}, end='')"))
    with pytest.raises(DocumentFault) as raised:
        read_bounded(CV.encode(), "cv.txt")
    assert raised.value.kind is kind


def test_an_endless_answer_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    endless = "import sys\nsys.stdout.write('ready\\n')\nwhile True: sys.stdout.write('x' * 100_000)"
    monkeypatch.setattr(bounded, "COMMAND", (sys.executable, "-c", endless))
    monkeypatch.setattr(bounded, "MOST_ANSWER", 1_000_000)
    with pytest.raises(DocumentFault) as raised:
        read_bounded(CV.encode(), "cv.txt")
    assert raised.value.kind is Fault.TOO_HEAVY


def test_a_fault_that_nobody_thought_of_is_told_to_the_operator_without_words_of_the_file(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    failing = (
        "import sys\nfrom hearback.documents import worker\n"
        "def answer(asked, data): raise KeyError(data.decode())\n"
        "worker._answer = answer\nworker.main()"
    )
    monkeypatch.setattr(bounded, "COMMAND", (sys.executable, "-c", failing))
    with pytest.raises(DocumentFault) as raised:
        read_bounded(CV.encode(), "cv.txt")
    assert raised.value.kind is Fault.CORRUPT
    assert "document.reader_failed" in caplog.text and "KeyError" in caplog.text
    assert "Mara" not in caplog.text


def test_a_zip_in_a_zip_is_not_opened() -> None:
    assert fault_of(packed({"cv.docx": docx(p("Mara"))}), "cv.zip") is Fault.WRONG_TYPE


@pytest.mark.parametrize(
    "program", ["import no_such_module_of_ours", "import os; os._exit(1)", "print('no json')"]
)
def test_a_reader_that_cannot_start_is_our_fault_and_told_to_operators(
    program: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(bounded, "COMMAND", (sys.executable, "-c", program))
    with pytest.raises(DocumentFault) as raised:
        read_bounded(CV.encode(), "cv.txt")
    assert raised.value.kind is Fault.OURS and "on our side" in raised.value.words
    assert "document.reader_not_started" in caplog.text


def test_a_part_of_the_reader_that_is_missing_is_our_fault(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The process starts, and a library that it needs is not there."""
    broken = "import sys; sys.modules['hearback.documents.parse.read'] = None\n"
    broken += "from hearback.documents import worker\nworker.main()"
    monkeypatch.setattr(bounded, "COMMAND", (sys.executable, "-c", broken))
    with pytest.raises(DocumentFault) as raised:
        read_bounded(CV.encode(), "cv.txt")
    assert raised.value.kind is Fault.OURS
    assert "ModuleNotFoundError" in caplog.text and "mara" not in caplog.text


def test_reading_leaves_no_process_and_no_open_file_behind() -> None:
    me = psutil.Process()
    read_bounded(CV.encode(), "cv.txt")
    before = me.num_fds(), me.num_threads()
    for data in (CV.encode(), b"\x00" * 99, docx("<w:p/>" * 300_000), b"%PDF-1.4 broken"):
        for _ in range(3):
            try:
                read_bounded(data, "cv.txt")
            except DocumentFault as fault:
                assert fault.words
    assert (me.num_fds(), me.num_threads()) == before
    assert not [
        child for child in me.children(recursive=True) if "hearback.documents.worker" in child.cmdline()
    ]
