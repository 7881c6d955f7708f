# node: city/441900
INSERT DATA { <city/441900> ca:inRegion <cluster/gd20/automobiles> }
