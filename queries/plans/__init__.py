"""Plans and policies as work: figures against reality, plan against plan, duties, dates, what is in force."""
