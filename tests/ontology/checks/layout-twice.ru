# node: layout/1
INSERT { <layout/9> ?p ?o } WHERE { <layout/1> ?p ?o }
