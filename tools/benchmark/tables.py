"""Tables of figures, ours beside those of others, that tell by themselves where we lose."""
import dataclasses

OURS = "tonecue"
NOBODY = "–"


@dataclasses.dataclass(frozen=True)
class Figure:
    """One row: what is measured.

    better    "less", "more" or "one": nearer to 1
    price     title of the row where a tool may have paid for this figure: told beside it
    """
    title: str
    unit: str = ""
    better: str = "less"
    decimals: int = 1
    price: str = ""

    @property
    def label(self):
        return f"{self.title}, {self.unit}" if self.unit else self.title

    def text(self, value):
        return NOBODY if value is None else f"{value:.{self.decimals}f}"

    def beats(self, value, other):
        """As printed: what reads the same is the same."""
        if value is None or other is None:
            return False
        value, other = round(value, self.decimals), round(other, self.decimals)
        if self.better == "one":
            return round(abs(value - 1), self.decimals) < round(abs(other - 1), self.decimals)
        return value < other if self.better == "less" else value > other


class Comparison:
    """Figures of several tools; ours are those of OURS.

    by_tool  {tool: {title of a figure: value, None where it has none}}
    """

    def __init__(self, figures, by_tool):
        self.figures, self.by_tool = figures, by_tool
        self.peers = [tool for tool in by_tool if tool != OURS]

    def value(self, title, tool):
        return self.by_tool[tool].get(title)

    def ahead(self, figure):
        """The peers that beat ours."""
        our_value = self.value(figure.title, OURS)
        return [peer for peer in self.peers if figure.beats(self.value(figure.title, peer), our_value)]

    def ahead_text(self, figure):
        def told(peer):
            if not figure.price:
                return peer
            price = next(other for other in self.figures if other.title == figure.price)
            return f"{peer} ({price.title.split(': ')[-1]} {price.text(self.value(price.title, peer))})"

        return ", ".join(map(told, self.ahead(figure))) or NOBODY

    def markdown(self):
        def line(figure):
            our_text, *others = [figure.text(self.value(figure.title, tool)) for tool in (OURS, *self.peers)]
            if self.ahead(figure):
                our_text = f"**{our_text}** (behind)"
            return [figure.label, our_text, *others, self.ahead_text(figure)]

        head = ["figure", OURS, *self.peers, f"ahead of {OURS}"]
        return aligned(head, [line(figure) for figure in self.figures])

    def verdict(self):
        compared = [figure for figure in self.figures
                    if any(self.value(figure.title, peer) is not None for peer in self.peers)]
        behind = [figure.title for figure in compared if self.ahead(figure)]
        if not compared:
            return "No peer was there to compare with."
        if not behind:
            return f"No peer is ahead in any of the {len(compared)} figures."
        return f"tonecue is behind in {len(behind)} of {len(compared)} figures: {'; '.join(behind)}."


def aligned(head, lines):
    """A Markdown table that can be read as it is, too."""
    widths = [max(len(line[column]) for line in [head, *lines]) for column in range(len(head))]

    def row(cells):
        return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths)) + " |"

    return "\n".join([row(head), "| " + " | ".join("-" * width for width in widths) + " |", *map(row, lines)])
