"""Draws the reliability diagram of docs/accuracy.md as SVG that reads in light and dark."""

from collections.abc import Sequence

_SIZE, _EDGE = 320, 44


def reliability(bins: Sequence[tuple[float, float, int]]) -> str:
    """Confidence (across) against the share that was right (up); a point's area is its number of mails."""
    most = max((count for _, _, count in bins), default=1)
    marks = [
        _words(0.5, -0.115, "Confidence"),
        f'<g transform="rotate(-90 14 {_y(0.5)})">{_at(14, _y(0.5), "Right")}</g>',
    ]
    for tenth in range(0, 11, 2):
        value = tenth / 10
        marks.append(f'<path d="M{_x(0)} {_y(value)}H{_x(1)}" stroke="#8886" stroke-width="1"/>')
        marks.append(_at(_EDGE - 16, _y(value) + 4, f"{value:.1f}"))
        marks.append(_at(_x(value), _y(0) + 18, f"{value:.1f}"))
    marks.append(f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke="#888" stroke-dasharray="4 4"/>')
    for sure, right, count in bins:
        radius = 3 + 11 * (count / most) ** 0.5
        marks.append(
            f'<circle cx="{_x(sure)}" cy="{_y(right)}" r="{radius:.1f}" fill="#2b6cb0" fill-opacity="0.75">'
            f"<title>{count} mails, {sure:.2f} sure, {right:.2f} right</title></circle>"
        )
    whole = _SIZE + 2 * _EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" width="{whole}" role="img" '
        'font-family="system-ui, sans-serif" font-size="12" fill="#777">\n'
        "<title>How often Hearback is right, by how sure it is</title>\n"
        "<desc>Each point is a tenth of confidence; on the dashed line a probability keeps its word.</desc>\n"
        + "\n".join(marks)
        + "\n</svg>\n"
    )


def _x(value: float) -> float:
    return round(_EDGE + value * _SIZE, 1)


def _y(value: float) -> float:
    return round(_EDGE + (1 - value) * _SIZE, 1)


def _words(x: float, y: float, text: str) -> str:
    return _at(_x(x), _y(y), text)


def _at(x: float, y: float, text: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="middle">{text}</text>'
