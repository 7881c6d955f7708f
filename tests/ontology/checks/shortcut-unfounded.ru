# node: city/440300
INSERT DATA { <city/440300> ca:hosts <cluster/gd20/automobiles> }
