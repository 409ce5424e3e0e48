"""Charts as PNG for mails: the pages' light colours, and a font of our own, the same on every machine."""

from pathlib import Path

import resvg_py

from hearback.charts.draw import Chart, draw

MAIL_WIDTH, MARGIN = 560, 16

# The tones of the pages' style sheet by light, each a pair of ink and ground; a test holds them together.
TONES: dict[str, tuple[str, str]] = {
    "sent": ("#44546a", "#e9edf3"),
    "review": ("#7a4d00", "#fbeed3"),
    "talk": ("#1f4fb5", "#e2ebff"),
    "offer": ("#0a6150", "#d8f1e9"),
    "no": ("#8a3324", "#fae6e1"),
    "quiet": ("#5a5f68", "#eeece6"),
}
INK, SOFT, CARD = "#1e2126", "#5a5f68", "#ffffff"
# Bands cross and lie beneath words: this is how much of them is seen.
BAND_OPACITY = 0.22

FONTS = [str(path) for path in sorted((Path(__file__).parent / "fonts").glob("*.ttf"))]
_SHEET = "\n".join(
    [
        f"text {{ font-family: Inter; font-size: 13px; fill: {INK}; font-feature-settings: 'tnum'; }}",
        f".head {{ fill: {SOFT}; }} .figure {{ fill: {SOFT}; }}",
        f".halo {{ paint-order: stroke; stroke: {CARD}; stroke-width: 3px; stroke-linejoin: round; }}",
        f".band {{ opacity: {BAND_OPACITY}; }}",
        *(
            f'[data-tone="{tone}"] .solid, [data-tone="{tone}"] .band {{ fill: {ink}; }} '
            f'[data-tone="{tone}"] .ground {{ fill: {ground}; }}'
            for tone, (ink, ground) in TONES.items()
        ),
    ]
)


def png(chart: Chart) -> bytes:
    """A chart as PNG on an opaque card, so that it reads alike in light and dark mail programs.

    It is as wide as a mail, drawn for fine screens. No font of the machine is used.
    """
    return resvg_py.svg_to_bytes(
        svg_string=draw(chart, MAIL_WIDTH - 2 * MARGIN, MARGIN),
        style_sheet=_SHEET,
        background=CARD,
        zoom=2,
        skip_system_fonts=True,
        font_files=FONTS,
    )
