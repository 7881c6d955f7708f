# node: layout/1
DELETE DATA { <city/441900> ca:develops <subsector/gd20/automobiles/parts> }
