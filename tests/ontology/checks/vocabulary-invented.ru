# node: city/440100
INSERT DATA { <city/440100> a ca:City ; ca:name "广州"@zh }
