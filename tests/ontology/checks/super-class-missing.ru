# node: layout/1
DELETE DATA { <layout/1> a ca:Statement }
