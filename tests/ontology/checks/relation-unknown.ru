# node: city/441900
INSERT DATA { <city/441900> ca:isIn <region/gd/east> }
