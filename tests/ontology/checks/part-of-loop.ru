# node: product/car
INSERT DATA { <product/car> ca:partOf <product/battery> . <product/battery> ca:partOf <product/car> }
