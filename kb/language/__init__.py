"""Languages of the texts: normal forms, words, stems, detection."""
