"""What a model file tells people: where the weights come from, and what that allows."""

import dataclasses


@dataclasses.dataclass
class Origin:
    about: str
    licence: str
    training: list


BANGLASER = ("BanglaSER (Bengali, acted, 34 actors)", "CC BY 4.0 (recalled, not verified)")
EMODB = ("EmoDB (German, acted, 10 actors)", "free for research; CC0 (recalled, not verified)")
CALLS = (("AWS LCA auto-repair calls and demo agents (ordinary calls)", "Apache-2.0"),
         ("Genesys AudioHook, MFA two speakers (ordinary calls)", "MIT"))


def _origin(kind, licence, training):
    return Origin("Agitation and distress in a customer's voice on the telephone, from 3 s of speech. Trained on "
                  f"{kind} and ordinary calls, see README.md. No determination of what a person feels.",
                  licence, [{"data": data, "licence": terms} for data, terms in training])


RESEARCH = _origin("six corpora of acted speech", "research only: some of the training data allow nothing else", (
    ("RAVDESS (English, acted, 24 actors)", "CC BY-NC-SA 4.0 (recalled, not verified)"), EMODB,
    ("ASED (Amharic, acted, 65 speakers)", "none stated"), BANGLASER,
    ("nEMO (Polish, acted, 9 actors)", "CC BY-NC-SA"),
    ("EmoSpeech commands (Indian English, acted, 105 speakers)", "CC BY-NC-SA"), *CALLS,
    ("Hu's 100 environmental sounds, NOISEX, babble, music (noise)", "research and study only, BSD")))
OPEN_CORPORA = ("banglaser", "emodb")
OPEN_NOISES = ("kunaljathal_vad",)
OPEN = _origin("two corpora of acted speech", "any use, as far as the licences of its data are as we recall them", (
    BANGLASER, EMODB, *CALLS, ("babble, music and telephone tones (noise)", "BSD")))
