# node: city/440300
INSERT DATA { <city/440300> ca:code "441900" }
