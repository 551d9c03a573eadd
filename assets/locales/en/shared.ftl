# Words that every face shares.
mode-learn = Learn
mode-practise = Practise
mode-assess = Assess
