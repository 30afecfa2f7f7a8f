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
    unsearched = replace(blank, documents_searched=0)
    match intent:
        case Intent.GREETING:
            return replace(blank, reply=GREETING)
        case Intent.THANKS:
            return replace(blank, reply=THANKS)
        case Intent.CAPABILITIES:
            return replace(blank, reply=CAPABILITIES.format(documents=blank.documents_searched))
        case Intent.ONE_PATIENT:
            return replace(blank, abstained_because=ONE_PATIENT, would_answer=ONE_PATIENT_INSTEAD)
        case Intent.INSTRUCTION:
            return replace(
                unsearched, abstained_because=INSTRUCTION, would_answer=OTHER_TOPIC_INSTEAD
            )
        case _:
            return replace(
                unsearched, abstained_because=OTHER_TOPIC, would_answer=OTHER_TOPIC_INSTEAD
            )
