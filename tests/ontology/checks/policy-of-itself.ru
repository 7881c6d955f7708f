# node: policy/plan
INSERT DATA { <policy/plan> ca:basedOn <policy/plan> }
