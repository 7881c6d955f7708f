# node: blank
INSERT DATA { <city/441900> ca:inRegion [] }
