# node: supply/1
DELETE DATA { <supply/1> ca:downstream <product/car> } ; INSERT DATA { <supply/1> ca:downstream <product/battery> }
