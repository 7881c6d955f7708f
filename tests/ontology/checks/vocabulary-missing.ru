# node: city/440300
DELETE DATA { <city/440300> a ca:City }
