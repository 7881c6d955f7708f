# node: company/maker
DELETE DATA { <company/maker> ca:name "某公司"@zh } ; INSERT DATA { <company/maker> ca:name "某公司 "@zh }
