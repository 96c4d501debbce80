"""docs/benchmarks.md."""
import dataclasses

HEAD = """# Benchmarks

Written by `tools/bench DATA SCORER`; do not edit. All figures of the page come from one run on one machine.
Peers are what Debian packages, at their own defaults; other tools exist (README.md has some). What the figures mean
stands at the end.
"""

DEFINITIONS = """## How to read it

- Pitch is judged against a laryngograph: the vibration of the vocal folds itself. **FFE** (F0 frame error):
  share of all frames that are wrong, in voicing or by more than 20 %. **GPE** (gross pitch error): share
  of the frames voiced in both that are off by more than 20 %. **RPA50** (raw pitch accuracy): share of
  the voiced frames right within 50 cents. **Voicing F1**: harmonic mean of precision and recall of "voiced".
- Speech or not is judged every 10 ms by the labels of the set. **AUC**: how well the probability ranks
  speech above the rest, 50 is chance; a tool that only decides has none. **Miss**: share of the speech that is
  not called speech. **False alarm**: share of the rest that is. **Balanced**: 100 less the mean of the two; 50 is
  chance. All three at the tool's default threshold; a miss can always be bought with false alarms and
  the other way round, so where a peer is ahead in one, what it has in the other stands beside it.
- **Noise called speech**: share of the time of sounds without speech (machines, traffic, water, wind, alarms, animals,
  music, telephone tones), telephone-coded at -26 dBFS. Sounds that people make (crowd, babble, laugh, cry,
  cough, yawn, snore) and three telephone messages that sound spoken are left out.
- Rate is judged by the syllables of each recording. **Correlation** and **error** (mean absolute) of syllables per second, **counted
  over true** for all recordings together: 1 is best, so what is compared is the distance from 1.
- **Speed**: seconds of audio per second of one core (user and system time), the best of some runs.
- The sets, all at 8 kHz: clean8 is wide band, tel8 went through 300 to 3400 Hz and mu-law, tel8n10 had pink
  noise at 10 dB before that (FDA, 50 sentences of two speakers). upc_p2 and ten_vad are labelled by hand, noizeus
  (sentences under eight noises) from its clean speech; all three as tel8. Rate: 111 recordings, most of synthetic voices.
- Shares in "the parts" are of what the whole call costs for one voice. The parts are measured one by one on a
  bundled call, so they need not add up to it.
- "behind" and the last column are computed from the figures as they are printed.
"""


@dataclasses.dataclass(frozen=True)
class Section:
    """`verdict`: how we stand against the peers, in one sentence; empty where there are none."""
    title: str
    text: str
    verdict: str = ""

    def markdown(self):
        return f"## {self.title}\n\n{self.text}"


def settings(tools, left_out):
    """`left_out`: (tool, why)."""
    lines = [f"- {tool.name} ({tool.package or 'this program'}): {tool.setting}; speed: {tool.speed_of}."
             for tool in tools]
    lines += [f"- {tool.name}: {why}." for tool, why in left_out]
    return "\n".join(lines)


def page(facts, sections):
    told = "\n".join(f"- {what}: {which}" for what, which in facts)
    verdicts = "\n".join(f"- {section.title}: {section.verdict}" for section in sections if section.verdict)
    body = "\n\n".join(section.markdown() for section in sections)
    return f"{HEAD}\n{told}\n\n## Where we lose\n\n{verdicts}\n\n{body}\n\n{DEFINITIONS}"
