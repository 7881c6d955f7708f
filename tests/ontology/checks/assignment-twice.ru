# node: assignment/1
INSERT { <assignment/9> ?p ?o } WHERE { <assignment/1> ?p ?o }
