"""What a value of a sentence is of: measure, time point, arm, patients, trial."""
