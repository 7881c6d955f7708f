# node: layout/1
DELETE DATA { <subsector/gd20/automobiles/parts> ca:partOf <cluster/gd20/automobiles> }
