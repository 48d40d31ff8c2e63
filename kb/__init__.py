"""Knowledge base of laws and normative documents of Kyrgyz local self-government."""
