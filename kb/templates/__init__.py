"""Forms: questions in Kyrgyz and Russian that fill Word files, their grammar and their legal bases."""
