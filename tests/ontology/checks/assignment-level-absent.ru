# node: assignment/2
INSERT DATA { <assignment/2> ca:level 1 }
