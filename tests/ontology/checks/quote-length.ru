# node: evidence/1/9-11
DELETE DATA { <evidence/1/9-11> ca:end 11 } ; INSERT DATA { <evidence/1/9-11> ca:end 12 }
