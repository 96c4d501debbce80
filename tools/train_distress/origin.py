"""What the model file tells people: where the weights come from, and what that allows."""

LICENCE = "research only: some of the training data allow nothing else"
TRAINING = [{"data": data, "licence": licence} for data, licence in (
    ("RAVDESS (English, acted, 24 actors)", "CC BY-NC-SA 4.0 (recalled, not verified)"),
    ("EmoDB (German, acted, 10 actors)", "free for research; CC0 (recalled, not verified)"),
    ("ASED (Amharic, acted, 65 speakers)", "none stated"),
    ("BanglaSER (Bengali, acted, 34 actors)", "CC BY 4.0 (recalled, not verified)"),
    ("nEMO (Polish, acted, 9 actors)", "CC BY-NC-SA"),
    ("EmoSpeech commands (Indian English, acted, 105 speakers)", "CC BY-NC-SA"),
    ("AWS LCA auto-repair calls and demo agents (ordinary calls)", "Apache-2.0"),
    ("Genesys AudioHook, MFA two speakers (ordinary calls)", "MIT"),
    ("Hu's 100 environmental sounds, NOISEX, babble, music (noise)", "research and study only, BSD"))]
