"""What is said to a greeting, thanks, a patient-specific request or another topic."""

from dataclasses import replace

from assistant.answer import Answer
from assistant.intent import Intent

GREETING = (
    "Hello. Ask about blinatumomab or KMT2A-rearranged ALL: a trial, an outcome, a dose. "
    "Every sentence of the answer is quoted from a document that you can open."
)
THANKS = "You are welcome."
CAPABILITIES = (
    "Blincite answers questions about blinatumomab and KMT2A-rearranged ALL from {documents} "
    "documents: trial reports, labels, register records and reviews. Every sentence is quoted word "
    "for word and can be opened in its document. It does not advise on single patients, and it "
    "says so when the corpus holds no answer."
)
ONE_PATIENT = "Blincite does not advise on single patients"
ONE_PATIENT_INSTEAD = (
    "Which patients, doses and outcomes the trials and the label report, without the patient."
)
INSTRUCTION = "this is an instruction, not a question about the literature"
OTHER_TOPIC = "this is outside blinatumomab and KMT2A-rearranged ALL"
OTHER_TOPIC_INSTEAD = (
    "A question about blinatumomab, infant or KMT2A-rearranged ALL, or their treatment."
)


def reply_to(intent: Intent, blank: Answer) -> Answer:
    """A short reply, or an abstention that says why nothing was searched."""
    if intent in SAID:
        return replace(blank, reply=SAID[intent].format(documents=blank.documents_searched))
    reason, instead = DECLINED[intent]
    return replace(blank, documents_searched=0, abstained_because=reason, would_answer=instead)


SAID = {
    Intent.GREETING: GREETING,
    Intent.THANKS: THANKS,
    Intent.CAPABILITIES: CAPABILITIES,
}
DECLINED = {
    Intent.ONE_PATIENT: (ONE_PATIENT, ONE_PATIENT_INSTEAD),
    Intent.INSTRUCTION: (INSTRUCTION, OTHER_TOPIC_INSTEAD),
    Intent.OTHER_TOPIC: (OTHER_TOPIC, OTHER_TOPIC_INSTEAD),
}
