# node: city/441900
INSERT DATA { <city/441900> a ca:Region }
