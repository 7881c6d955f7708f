# node: evidence/1/9-11
DELETE DATA { <layout/2> ca:furtherEvidence <evidence/1/9-11> }
