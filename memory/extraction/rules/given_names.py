"""Common given names, so that a name typed in small letters is told from a word: "hiya im sam", not "hiya im bored"."""

from __future__ import annotations

from memory.extraction.rules.words import word_set

GIVEN_NAMES = word_set(
    "aaron abby abdul adam adrian agnes ahmed aidan aisha alan alana albert alec alejandra alejandro alex alexandra alexis alfie ali alice alicia alison amanda amber amelia amina amir amy ana andre andrea andreas andrew andy angela angus anika"
    " anita anja anna annabel anne annie anthony antonio anya april archie ariana arjun arthur asha ashley astrid aurora austin ava barbara barry beatrice becca becky bella ben benjamin bernard beth bethany bianca bill billy bjorn bob bobby"
    " bradley brandon brenda brian bridget bruce bruno bryan caitlin caleb callum cameron camila camilla carl carla carlos carmen carol caroline carolyn carrie casey catherine cathy cecilia charlie charles charlotte chelsea cheryl chloe chris"
    " christian christina christine christopher ciara claire clara clare claudia clive colin connor conor craig cynthia daisy dale damian dan dana daniel daniela danielle danny darren dave david dawn deborah debbie declan denise dennis derek"
    " diana diane diego dominic don donna dorothy doug dylan eddie edith edward eileen elaine eleanor elena eli elias elizabeth ella ellen ellie elliot elsa emil emilia emily emma enrique eric erik erin esther ethan eva evan eve evelyn fatima"
    " felix fernando finn fiona florence fran frances francesca francis freddie freya gabriel gabriela gareth gary gavin gemma geoff george georgia georgina gerald gina giulia gloria gordon graham greg gregory greta gustav guy hailey hamza"
    " hana hanna hannah harriet harry hassan hazel heather hector heidi helen helena henrik henry holly howard hugh hugo ian ibrahim imani imogen ines ingrid irene iris isaac isabel isabella isla ivan jack jackie jacob jake james jamie jan jane"
    " janet janice jared jasmine jason javier jay jean jeff jen jenna jennifer jenny jeremy jerry jess jesse jessica jill jim jimmy joan joanna joanne jodie joe joel johan johanna john johnny jon jonas jonathan jordan jorge jose joseph josh"
    " joshua josie juan juanita judith judy julia julian julie juliet justin kai kari karen karim karl kasia kate katherine kathleen kathy katie katrina kayla keith kelly ken kenneth kerry kevin khalid kim kimberly kirsten kirsty klara kofi"
    " kristen kristina kurt kyle lara lars laura lauren laurie layla lea leah leila lena leo leon leona leonie lewis lia liam liang lily lina linda lindsay lisa liv liz lizzie lola lorna lou louis louisa louise luca lucas lucia lucy luis luka"
    " luke lydia lynn maddie madeleine magnus maja malcolm mandy marc marco marcus margaret maria mariam marie marina mario marion mark marta martha martin martina mary maryam mateo mathias matilda matt matthew maureen max maya megan mei mel"
    " melanie melissa mia michael michelle miguel mike mikkel milan mira miriam mo mohamed mohammed moira molly monica morgan muhammad nadia nancy naomi natalia natalie natasha nate nathan neil nell nia niamh nick nicky nicola nicole nigel nikhil"
    " nikki nils nina noah noel nora norma nour oliver olivia ollie omar oscar owen pablo paige pam pamela patricia patrick paul paula pauline pedro penelope per pete peter petra phil philip phoebe pippa polly priya rachel raj rajesh ralph raquel"
    " raul ravi ray rebecca reza rhys ricardo richard rick ricky rita rob robert roberta robin rodrigo roger ron ronan rosa rosie ross rowan roy rui rupert ruth ryan sabrina sadie sally sam samantha samir samira samuel sandra sandy sanjay santiago"
    " sara sarah saskia scott sean sebastian selina selma serena shane shannon sharon shaun shawn sheila shirley simon simone siobhan sofia sonia sophia sophie stacey stan stefan stella stephanie stephen steve steven stuart sunil susan susanna susie"
    " suzanne sven sylvia tamara tanya tara tariq tasha ted teresa terry tess thea theo theresa thomas tiago tilly tim timothy tina toby tod todd tom tomas tommy toni tony tracey tracy trevor tristan tyler uma ursula valentina valeria vanessa vera"
    " vicky victor victoria vikram vincent viola virginia vivian wanda wayne wendy will william winston xavier yara yasmin yolanda yusuf yvonne zac zach zahra zara zoe"
    " kev gaz baz shaz nige dez jez bev trev stu viv ed ned al raz ade ada ife ola wale tunde chidi emeka ngozi amara kwame kojo ama thandi sipho lerato zanele priti neha pooja rahul rohan anil deepa kavita meera sunita vijay suresh mei xin wei jun hiro yuki kenji haruka sora jin minjun hyun linh nguyen anh thuy bao aiko imani keisha tyrone jamal darnell latoya malik"
    " dafydd rhodri gwen bethan carys cerys owain gethin ffion seren angharad mared sian aoife cillian eoin orla fionn roisin sorcha padraig callum ewan hamish isla kirsty morag finlay lachlan esme otto wren ivy archie alfie freddie teddy elsie maisie poppy evie"
)
