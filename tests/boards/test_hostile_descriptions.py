"""No description that a board gives can act on a page of ours, however it hides what it wants to do."""

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from hearback.boards.normal.markup import safe_html

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    ('<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">'),
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<template><script>alert(1)</script></template>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    '<a href="java\tscript:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href=" javascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:msgbox(1)">x</a>',
    "<iframe src=javascript:alert(1)>",
    '<iframe srcdoc="<script>alert(1)</script>">',
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<input onfocus=alert(1) autofocus>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<body onload=alert(1)>",
    '<meta http-equiv=refresh content="0;url=javascript:alert(1)">',
    "<link rel=stylesheet href=javascript:alert(1)>",
    "<style>@import 'javascript:alert(1)';</style>",
    '<p style="background:url(javascript:alert(1))">x</p>',
    '<div style="position:fixed">x</div>',
    '<base href="javascript:alert(1)//">',
    '<math href="javascript:alert(1)">x</math>',
    '<math><maction actiontype="statusline#x" xlink:href="javascript:alert(1)">x</maction></math>',
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    ("<svg><animate xlink:href=#x attributeName=href values=javascript:alert(1) /><a id=x>x</a></svg>"),
    "<svg><set attributeName=onload to=alert(1)></svg>",
    "<svg><foreignObject><img src onerror=alert(1)></foreignObject></svg>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<textarea><img title="</textarea><img src onerror=alert(1)>"></textarea>',
    '<title><img title="</title><img src onerror=alert(1)>"></title>',
    '<xmp><img title="</xmp><img src onerror=alert(1)>"></xmp>',
    '<noembed><img title="</noembed><img src onerror=alert(1)>"></noembed>',
    '<noframes><img title="</noframes><img src onerror=alert(1)>"></noframes>',
    "<plaintext><script>alert(1)</script>",
    "<select><style></select><img src onerror=alert(1)></style>",
    "<!--><img src onerror=alert(1)>-->",
    "<!--x--!><img src onerror=alert(1)>",
    "<![CDATA[<img src onerror=alert(1)>]]>",
    '<?xml-stylesheet href="javascript:alert(1)"?>',
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<<script>alert(1)//<</script>",
    '<a href="https://x.y" onclick=alert(1) style=x target=_blank>x</a>',
    "<td background=javascript:alert(1)>x</td>",
    '<table><td colspan="2" onmouseover=alert(1)>x',
    "<p>&lt;img src=x onerror=alert(1)&gt;</p>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;img src=x onerror=alert(1)&amp;gt;",
    '<a href="//evil.test">x</a>',
    '<a href="\\\\evil.test">x</a>',
    '<a href="/x">x</a>',
    '<a href="https:javascript:alert(1)">x</a>',
    ("<b>&lt;/p&gt;&lt;/li&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;</b>"),
    "<p>&lt;/p&gt;&lt;/p&gt;&amp;lt;img src=x onerror=alert(1)&amp;gt;</p>",
]
TAGS = re.compile(
    "html|head|body|h[2-6]|p|div|br|hr|[uod]l|li|d[td]|strong|b|em|i|u|s|sub|sup|blockquote|pre|code|a|"
    "table|thead|tbody|tfoot|tr|td|th|caption"
)
ATTRIBUTES = frozenset({"href", "rel", "colspan", "rowspan"})
LINK = re.compile(r"(?:https?://|mailto:)")


def _acting(shown: str) -> list[str]:
    """Every element, attribute and link, as a browser reads the markup, that is none of those we show."""
    found = []
    for node in LexborHTMLParser(shown).css("*"):
        found += [] if TAGS.fullmatch(node.tag or "") else [node.tag or ""]
        found += [name for name in node.attributes if name not in ATTRIBUTES]
        link = node.attributes.get("href")
        found += [link] if link and not LINK.match(link) else []
    return found


@pytest.mark.parametrize("written", HOSTILE)
def test_nothing_acts(written: str) -> None:
    escaped = written.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for form in (written, escaped, f"<p>Seen</p>{written}", f"<p>Seen</p>&lt;/p&gt;&lt;/p&gt;{escaped}"):
        shown = safe_html(form)
        assert _acting(shown) == []
        assert _acting(safe_html(shown)) == []
