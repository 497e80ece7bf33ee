using System.Text;
using CsCheck;
using Orkestra.Asl;
using Orkestra.Expressions.Data;
using Orkestra.Validation;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Validation;

public sealed class StateMachineValidatorTests
{
    static readonly ValidationOptions Express = new() { Type = StateMachineType.Express };

    static string[] Problems(string text, ValidationOptions? options = null) =>
        [.. StateMachineValidator.Validate(text, options).Diagnostics.Select(problem => $"{problem.Id}: {problem.Message} at {problem.Location ?? "null"}")];

    /// <summary>The problems of a machine with one state, which is told without its last fields.</summary>
    static string[] State(string fields, string end = """, "End": true""") => Problems("""{"StartAt":"S","States":{"S":{""" + fields + end + "}}}");

    [Fact]
    public void A_sound_document_has_no_problems() =>
        State("""
              "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f", "Payload.$": "$"}, "TimeoutSeconds": 9,
              "HeartbeatSeconds": 3, "Retry": [{"ErrorEquals": ["A"]}, {"ErrorEquals": ["States.ALL"], "BackoffRate": 1.5, "JitterStrategy": "FULL"}]
              """).ShouldBeEmpty();

    [Fact]
    public void Problems_have_lines_when_the_document_is_text()
    {
        var problem = StateMachineValidator.Validate("{\n\"StartAt\": \"A\",\n  \"States\": {\"A\": {\"Type\": \"Wait\", \"Seconds\": -1, \"End\": true}}}").Diagnostics.ShouldHaveSingleItem();
        problem.ToString().ShouldBe("3:47: error SCHEMA_VALIDATION_FAILED: Minimum value is 0 at /States/A/Seconds");
    }

    [Fact]
    public void A_document_made_of_records_is_validated_too()
    {
        var machine = new StateMachine { StartAt = "A", States = new([("A", new PassState { Next = "B" })]) };
        var result = StateMachineValidator.Validate(machine);
        result.RefusalMessage.ShouldBe(
            "Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Next, "
            + "MISSING_END_STATE: Workflow has no terminal state at null'");
        result.Diagnostics[0].Line.ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","Next":"A"},"C":{"Type":"Pass","Next":"A"}}}""",
        "MISSING_END_STATE: Workflow has no terminal state at null")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","Next":"A"},"a/b":{"Type":"Pass","End":true}}}""",
        "MISSING_TRANSITION_TARGET: State \"a/b\" is not reachable. at /States/a/b")]
    [InlineData("""{"StartAt":"No","States":{"A":{"Type":"Succeed"}}}""",
        "MISSING_TRANSITION_TARGET: Missing 'Next' target: No at /StartAt", "MISSING_TRANSITION_TARGET: State \"A\" is not reachable. at /States/A")]
    [InlineData("""{"StartAt":"M","States":{"M":{"Type":"Map","End":true,"Iterator":{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"A"},"M":{"Type":"Fail"}}}}}}""",
        "DUPLICATE_STATE_NAME: Duplicate State name: M at /States/M/Iterator/States/M",
        "MISSING_TRANSITION_TARGET: State \"M\" is not reachable. at /States/M/Iterator/States/M")]
    [InlineData("""{"StartAt":"C","States":{"C":{"Type":"Choice","Choices":[{"Variable":"$.x","IsNull":true,"Next":"X"}],"Default":"Y"},"D":{"Type":"Succeed"}}}""",
        "MISSING_TRANSITION_TARGET: Missing 'Next' target: Y at /States/C/Default",
        "MISSING_TRANSITION_TARGET: Missing 'Next' target: X at /States/C/Choices[0]/Next",
        "MISSING_TRANSITION_TARGET: State \"D\" is not reachable. at /States/D")]
    public void Transitions_lead_to_states_of_the_same_graph(string text, params string[] problems) => Problems(text).ShouldBe(problems);

    [Theory]
    [InlineData("""{}""", "These fields are required: [States, StartAt] at /")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Succeed"}},"Version":"2.0","Colour":1}""",
        "Field 'Colour' is not supported at /", "Value should be one of the following: [1.0] at /Version")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Succeed"}},"QueryLanguage":5,"Comment":[]}""",
        "Expected value of type [STRING] at /QueryLanguage", "Expected value of type [STRING] at /Comment")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Succed"}}}""",
        "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at /States/A/Type")]
    [InlineData("[]", "Expected value of type [OBJECT] at /")]
    public void The_shape_of_the_document_is_checked(string text, params string[] problems) =>
        Problems(text).Where(problem => !problem.StartsWith("MISSING", StringComparison.Ordinal)).ShouldBe(problems.Select(problem => "SCHEMA_VALIDATION_FAILED: " + problem));

    [Theory]
    [InlineData(""" "Type":"Pass","Catch":[]""", "Field 'Catch' is not supported at /States/S")]
    [InlineData(""" "Type":"Map","TimeoutSeconds":1,"ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Succeed"}}}""", "Field 'TimeoutSeconds' is not supported at /States/S")]
    [InlineData(""" "Type":"Map" """, "This object should have only one of the following fields: [ItemProcessor, Iterator] at /States/S")]
    [InlineData(""" "Type":"Parallel","Branches":[]""", "Value cannot be empty at /States/S/Branches")]
    [InlineData(""" "Type":"Wait","Seconds":1,"SecondsPath":"$.x" """,
        "There should only be one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp] at /States/S")]
    [InlineData(""" "Type":"Wait","Timestamp":"2016-02-30T00:00:00Z" """, "String does not match RFC3339 timestamp at /States/S/Timestamp")]
    [InlineData(""" "Type":"Pass","InputPath":"x" """, "Value must be a valid JSONPath. at /States/S/InputPath")]
    [InlineData(""" "Type":"Pass","ResultPath":"x" """, "Value is not a Reference Path: Reference path didn't start with '$' at /States/S/ResultPath")]
    [InlineData(""" "Type":"Pass","ResultPath":"$.a[*]" """, "Value is not a Reference Path at /States/S/ResultPath")]
    [InlineData(""" "Type":"Pass","ResultPath":"$variable.a" """, "Value is not a Reference Path at /States/S/ResultPath")]
    [InlineData(""" "Type":"Pass","Parameters":{"a":[{"b.$":"c"}]}""",
        "The value for the field 'b.$' must be a valid JSONPath or a valid intrinsic function call at /States/S/Parameters")]
    [InlineData(""" "Type":"Pass","Output":1""",
        "The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage at /States/S")]
    [InlineData(""" "Type":"Pass","QueryLanguage":"jsonata","InputPath":"$","Output":"{% 1" """,
        "The QueryLanguage is set to 'JSONata', but field 'InputPath' is only supported for the 'JSONPath' QueryLanguage at /States/S",
        "Value should be one of the following: [JSONPath, JSONata] at /States/S/QueryLanguage",
        "JSONata string must start with {% and end with %} at /States/S/Output")]
    [InlineData(""" "Type":"Task","Resource":"x" """, "Value is not a valid resource ARN at /States/S/Resource")]
    [InlineData(""" "Type":"Task","Resource":"arn:aws:states:::lambda:invoke.sync" """,
        "The resource provided arn:aws:states:::lambda:invoke.sync is not recognized. The value is not a valid resource ARN, or the resource is not available in this region. at /States/S/Resource")]
    [InlineData(""" "Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","Parameters":{"QueueUrl.$":"$.url"}""",
        "The field 'MessageBody' is required but was missing at /States/S/Parameters")]
    [InlineData(""" "Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","Parameters":{"QueueUrl":"u","MessageBody.$":"$","MessageGroupID":"g","Delay.$":"$.d"}""",
        "The field \"MessageGroupID\" is not supported by Step Functions at /States/S/Parameters", "The field \"Delay\" is not supported by Step Functions at /States/S/Parameters")]
    [InlineData(""" "Type":"Task","Resource":"arn:aws:states:::aws-sdk:dynamodb:getItem","QueryLanguage":"JSONata","Arguments":{"TableName":"t","Key":{},"Keys":{}}""",
        "The field \"Keys\" is not supported by Step Functions at /States/S/Arguments")]
    [InlineData(""" "Type":"Task","Resource":"arn:aws:states:eu-west-1:1:activity:a","Credentials":{"RoleArn":"r"}""",
        "The field 'Credentials' is not supported for activities at /States/S/Credentials")]
    [InlineData(""" "Type":"Task","Resource":"arn:aws:states:::lambda:invoke","TimeoutSeconds":5,"HeartbeatSeconds":5""",
        "The field 'HeartbeatSeconds' must be smaller than 'TimeoutSeconds' at /States/S/HeartbeatSeconds")]
    [InlineData(""" "Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Retry":[{"ErrorEquals":["States.ALL","A"]},{"ErrorEquals":[],"MaxAttempts":-1,"BackoffRate":0.5},{}]""",
        "States.ALL must appear alone and at end of list at /States/S/Retry[0]/ErrorEquals", "Value cannot be empty at /States/S/Retry[1]/ErrorEquals",
        "Minimum value is 0 at /States/S/Retry[1]/MaxAttempts", "Minimum value is 1.0 at /States/S/Retry[1]/BackoffRate",
        "These fields are required: [ErrorEquals] at /States/S/Retry[2]")]
    public void Fields_of_states_are_checked(string fields, params string[] problems) =>
        State(fields).ShouldBe(problems.Select(problem => "SCHEMA_VALIDATION_FAILED: " + problem));

    [Fact]
    public void The_name_of_a_state_has_at_most_80_characters()
    {
        string[] Of(int length) => Problems("""{"StartAt":"NAME","States":{"NAME":{"Type":"Succeed"}}}""".Replace("NAME", new string('a', length), StringComparison.Ordinal));
        Of(80).ShouldBeEmpty();
        Of(81).ShouldBe([$"INVALID_STATE_NAME: Invalid State name: State '{new string('a', 81)}' exceeds the 80-character limit allowed by the service at /States/{new string('a', 81)}"]);
    }

    [Theory]
    [InlineData("""{"Variable":"$.x","Next":"E"}""", "[0]", "This object should have only one of the following fields: ")]
    [InlineData("""{"Variable":"$.x","IsNull":true,"IsString":true,"Next":"E"}""", "[0]", "There should only be one of the following fields: ")]
    [InlineData("""{"Variable":"$.x","IsNull":true}""", "[0]", "These fields are required: [Next]")]
    [InlineData("""{"And":[{"Variable":"$.x","IsNull":true,"Next":"E"}],"Next":"E"}""", "[0]/And[0]", "Field 'Next' is not supported")]
    [InlineData("""{"Not":{"Variable":"x","IsNull":true},"Next":"E"}""", "[0]/Not/Variable", "Value is not a Reference Path: ")]
    [InlineData("""{"Variable":"$.x","NumericEquals":"1","Next":"E"}""", "[0]/NumericEquals", "Expected value of type [NUMBER]")]
    [InlineData("""{"Next":"E"}""", "[0]", "The object must have only one of the following fields, [And, Or, Not, Variable, Condition]")]
    [InlineData("""{"Condition":"{% true %}","Next":"E"}""", "[0]",
        "The QueryLanguage is set to 'JSONPath', but field 'Condition' is only supported for the 'JSONata' QueryLanguage")]
    public void Rules_of_a_choice_are_checked(string rule, string location, string message)
    {
        var problem = StateMachineValidator.Validate("""{"StartAt":"C","States":{"C":{"Type":"Choice","Choices":[""" + rule + """],"Default":"E"},"E":{"Type":"Succeed"}}}""")
            .Diagnostics.ShouldHaveSingleItem();
        problem.Location.ShouldBe("/States/C/Choices" + location);
        problem.Message.ShouldStartWith(message);
    }

    [Theory]
    [InlineData("a[1,2)", "INVALID_JSONATA_EXPRESSION: Expected \"]\", got \",\"")]
    [InlineData("\"unterminated", "INVALID_JSONATA_EXPRESSION: String literal must be terminated by a matching quote")]
    [InlineData("1 +", "INVALID_JSONATA_EXPRESSION: Unexpected end of expression")]
    [InlineData("{\"a\":}", "INVALID_JSONATA_EXPRESSION: The symbol \"}\" cannot be used as a unary operator")]
    [InlineData("$match(\"a\", /abc", "INVALID_JSONATA_EXPRESSION: No terminating / in regular expression")]
    [InlineData("", "INVALID_JSONATA_EXPRESSION: Unexpected end of expression")]
    [InlineData("$$", "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$$' is not supported.")]
    [InlineData("1 + $states.errorOutput.Error", "UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.errorOutput' does not exist.")]
    public void Jsonata_expressions_are_parsed(string expression, string problem)
    {
        var document = new StateMachine
        {
            QueryLanguage = QueryLanguage.JSONata,
            StartAt = "Main",
            States = new([("Main", new PassState { Output = JsonObject.Create(("a", JsonArray.Create([0, $"{{% {expression} %}}"]))), End = true })]),
        };
        var found = StateMachineValidator.Validate(document).Diagnostics.ShouldHaveSingleItem();
        $"{found.Id}: {found.Message}".ShouldBe(problem);
        found.Location.ShouldBe("/States/Main/Output/a[1]");
    }

    [Fact]
    public void A_catcher_has_the_error() =>
        State("""
              "QueryLanguage": "JSONata", "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true,
              "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "S", "Output": "{% $states.errorOutput %}", "Assign": {"e": "{% $states.errorOutput.Cause %}"}}]
              """, "").ShouldBeEmpty();

    [Theory]
    [InlineData("states", "RESERVED_VARIABLE_NAME: Cannot assign to reserved variable '$states'. at /States/S/Assign")]
    [InlineData("a-b", "INVALID_VARIABLE_NAME: Invalid variable name 'a-b': the variable name contains invalid characters. at /States/S/Assign")]
    [InlineData("_a", "INVALID_VARIABLE_NAME: Invalid variable name '_a': the variable name contains invalid characters. at /States/S/Assign")]
    [InlineData("", "INVALID_VARIABLE_NAME: Invalid variable name '': the variable name contains invalid characters. at /States/S/Assign")]
    public void Names_of_variables_are_checked(string name, string problem) => State(""" "Type":"Pass","Assign":{"NAME":1}""".Replace("NAME", name, StringComparison.Ordinal)).ShouldBe([problem]);

    [Theory]
    [InlineData("été")]
    [InlineData("値")]
    [InlineData("𠮷")]
    [InlineData("ⅷ_1")]
    public void Names_of_variables_are_identifiers_of_Unicode(string name) => State(""" "Type":"Pass","Assign":{"NAME":1}""".Replace("NAME", name, StringComparison.Ordinal)).ShouldBeEmpty();

    [Theory]
    [InlineData("""{"Type":"Pass","Assign":{"x":1},"Next":"P"}""", true)]
    [InlineData("""{"Type":"Wait","Seconds":1,"Assign":{"x.$":"$"},"Next":"P"}""", true)]
    [InlineData("""{"Type":"Choice","Choices":[{"Variable":"$.a","IsNull":true,"Assign":{"x":1},"Next":"P"}],"Default":"Z"}""", true)]
    [InlineData("""{"Type":"Choice","Choices":[{"Variable":"$.a","IsNull":true,"Assign":{"x":1},"Next":"Z"}],"Default":"P"}""", false)]
    [InlineData("""{"Type":"Choice","Choices":[{"Variable":"$.a","IsNull":true,"Next":"Z"}],"Assign":{"x":1},"Default":"P"}""", true)]
    [InlineData("""{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Assign":{"x":1},"Next":"Z","Catch":[{"ErrorEquals":["E"],"Next":"P"}]}""", false)]
    [InlineData("""{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Next":"Z","Catch":[{"ErrorEquals":["E"],"Assign":{"x":1},"Next":"P"}]}""", true)]
    public void An_inner_scope_assigns_no_name_that_the_outer_one_assigns_on_the_way(string state, bool isRefused)
    {
        foreach (var inner in (string[])["\"Type\":\"Parallel\",\"Branches\":[GRAPH]", "\"Type\":\"Map\",\"ItemProcessor\":GRAPH"])
        {
            var text = """{"StartAt":"A","States":{"A":STATE,"P":{INNER,"Assign":{"y":1},"Next":"Z"},"Z":{"Type":"Succeed"}}}""".Replace("STATE", state, StringComparison.Ordinal)
                .Replace("INNER", inner, StringComparison.Ordinal)
                .Replace("GRAPH", """{"StartAt":"B","States":{"B":{"Type":"Pass","Assign":{"x":2,"y":3},"End":true}}}""", StringComparison.Ordinal);
            var refusal = StateMachineValidator.Validate(text).RefusalMessage;
            if (isRefused) refusal.ShouldNotBeNull().ShouldContain("DUPLICATE_VARIABLE_NAME: Duplicate variable name: x");
            else refusal.ShouldBeNull();
        }
    }

    [Fact]
    public void A_loop_is_a_way_to_an_inner_scope()
    {
        const string Loop = """
            {"StartAt":"P","States":{"P":{"Type":"Parallel","Assign":{"x":1},"Next":"C","Branches":[{"StartAt":"B","States":{"B":{"Type":"Pass","Assign":{"x":2},"End":true}}}]},
              "C":{"Type":"Choice","Choices":[{"Variable":"$.a","IsNull":true,"Next":"TARGET"}],"Default":"Z"},"Z":{"Type":"Succeed"}}}
            """;
        StateMachineValidator.Validate(Loop.Replace("TARGET", "Z", StringComparison.Ordinal)).IsValid.ShouldBeTrue();
        StateMachineValidator.Validate(Loop.Replace("TARGET", "P", StringComparison.Ordinal)).RefusalMessage.ShouldNotBeNull().ShouldContain("DUPLICATE_VARIABLE_NAME");
    }

    [Fact]
    public void What_likely_is_not_meant_is_a_warning()
    {
        var result = StateMachineValidator.Validate(
            """
            {"StartAt":"M","States":{
              "M":{"Type":"Map","Assign":{"n.$":"$[0]"},"Parameters":{"a":"$.x","b":"plain"},"Next":"F",
                "ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Pass","Assign":{"n":1},"Result":{"y.$":"$.z"},"End":true}}}},
              "F":{"Type":"Fail","Cause":"$.cause"}}}
            """);
        result.IsValid.ShouldBeTrue();
        result.RefusalMessage.ShouldBeNull();
        result.Diagnostics.Select(problem => $"{problem.Severity} {problem.Id} {problem.Location}").ShouldBe([
            "Warning NO_DOLLAR /States/M/Parameters",
            "Warning PASS_RESULT_IS_STATIC /States/M/ItemProcessor/States/I/Result",
            "Warning NO_PATH /States/F/Cause",
            "Warning VARIABLE_IS_SHADOWED /States/M/ItemProcessor/States/I/Assign",
        ]);
    }

    [Fact]
    public void Any_document_is_validated_without_a_crash() => Asl.Documents.Machine.Sample(
        machine => StateMachineValidator.Validate(machine).ToResponse()["result"]!.ShouldBe(StateMachineValidator.Validate(machine).IsValid ? "OK" : "FAIL"),
        iter: 500);

    [Fact]
    public void Any_json_in_place_of_any_value_is_validated_without_a_crash()
    {
        // Every value of a document that has everything, replaced by values of every type.
        var sound = JsonValue.Parse(
            """
            {"StartAt":"A","QueryLanguage":"JSONPath","TimeoutSeconds":9,"States":{
              "A":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f","Payload.$":"States.UUID()"},"TimeoutSeconds":9,"HeartbeatSeconds":3,
                "Credentials":{"RoleArn":"r"},"Retry":[{"ErrorEquals":["A"],"MaxAttempts":1}],"Catch":[{"ErrorEquals":["States.ALL"],"Next":"B"}],"ResultPath":null,"Next":"B"},
              "B":{"Type":"Choice","Choices":[{"Or":[{"Variable":"$.x","StringEquals":"y"},{"Not":{"Variable":"$.x","IsNull":true}}],"Next":"C"}],"Default":"D"},
              "C":{"Type":"Wait","TimestampPath":"$.x","Assign":{"v":1},"Next":"D"},
              "D":{"Type":"Parallel","Branches":[{"StartAt":"E","States":{"E":{"Type":"Fail","ErrorPath":"$.x"}}}],"Next":"G"},
              "G":{"Type":"Map","QueryLanguage":"JSONata","Items":["{% 1 %}"],"Label":"l","MaxConcurrency":1,"ToleratedFailurePercentage":5,
                "ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"CSV","CSVHeaderLocation":"GIVEN","CSVHeaders":["a"]},"Arguments":{"Bucket":"b"}},
                "ItemBatcher":{"MaxItemsPerBatch":2},"ResultWriter":{"Resource":"arn:aws:states:::s3:putObject","Arguments":{"Bucket":"b"}},
                "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"H","States":{"H":{"Type":"Succeed"}}},"End":true}}}
            """);
        StateMachineValidator.Validate(sound.ToJson()).RefusalMessage.ShouldBeNull();
        JsonValue[] others = [JsonValue.Null, true, -1, 1.5, "", "x", "{% $ %}", JsonArray.Empty, JsonArray.Create([JsonValue.Null]), JsonObject.Empty, JsonObject.Create(("a", 1))];
        foreach (var changed in Replaced(sound, others))
        {
            var text = changed.ToJson();
            StateMachineValidator.Validate(text, Express).RefusalMessage?.ShouldStartWith("Invalid State Machine Definition: '", customMessage: text);
            if (AslReader.Read(text).Document is not { } document) continue;
            AslWriter.ToJson(document).Equals(changed).ShouldBeTrue(text);
            _ = VariableReferences.Of(document);
            _ = Orkestra.Asl.Drawing.MermaidGraph.Write(document);
        }
    }

    static IEnumerable<JsonValue> Replaced(JsonValue value, JsonValue[] others)
    {
        foreach (var other in others) yield return other;
        if (value is JsonObject members)
        {
            foreach (var (name, member) in members)
            {
                foreach (var changed in Replaced(member, others)) yield return members.With(name, changed);
                yield return members.Without(name);
            }
        }

        if (value is not JsonArray items) yield break;
        for (var i = 0; i < items.Count; i++)
        {
            foreach (var changed in Replaced(items[i], others)) yield return items.With(i, changed);
        }
    }

    [Theory]
    [InlineData("a label", "INVALID_LABEL_NAME")]
    [InlineData("a:b", "INVALID_LABEL_NAME")]
    [InlineData("12345678901234567890123456789012345678901", "INVALID_LABEL_NAME")]
    [InlineData("größe_1-2.x", null)]
    public void Labels_become_part_of_an_arn(string label, string? code) =>
        State(""" "Type":"Map","Label":"LABEL","ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Succeed"}}}""".Replace("LABEL", label, StringComparison.Ordinal))
            .Select(problem => problem[..problem.IndexOf(':', StringComparison.Ordinal)]).ShouldBe(code is null ? [] : [code]);

    [Fact]
    public void Express_machines_do_not_wait()
    {
        const string Text = """{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","End":true}}}""";
        Problems(Text).ShouldBeEmpty();
        Problems(Text, Express).ShouldBe([
            "SCHEMA_VALIDATION_FAILED: Express state machine does not support '.waitForTaskToken' service integration  at /States/A/Resource"]);
    }

    [Theory]
    [InlineData("", "MISSING_DESCRIPTION: The definition is empty at null")]
    [InlineData("{\"a\" 1}", "INVALID_JSON_DESCRIPTION: Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value\n"
        + " at [Source: (String)\"{\"a\" 1}\"; line: 1, column: 7] at [Source: (String)\"{\"a\" 1}\"; line: 1, column: 7]")]
    [InlineData("{\n\"a\": 1,\n}", "INVALID_JSON_DESCRIPTION: Unexpected character ('}' (code 125)): was expecting double-quote to start field name\n"
        + " at [Source: (String)\"{\n\"a\": 1,\n}\"; line: 3, column: 2] at [Source: (String)\"{\n\"a\": 1,\n}\"; line: 3, column: 2]")]
    [InlineData("[1", "INVALID_JSON_DESCRIPTION: Unexpected end-of-input: expected close marker for Array (start marker at [Source: (String)\"[1\"; line: 1, column: 1])\n"
        + " at [Source: (String)\"[1\"; line: 1, column: 3] at [Source: (String)\"[1\"; line: 1, column: 3]")]
    [InlineData("{\"a\":1,\"a\":2}", "INVALID_JSON_DESCRIPTION: Duplicate field 'a'\n"
        + " at [Source: (String)\"{\"a\":1,\"a\":2}\"; line: 1, column: 11] at [Source: (String)\"{\"a\":1,\"a\":2}\"; line: 1, column: 11]")]
    public void Text_that_is_no_json_is_told_as_the_parser_of_the_service_tells_it(string text, string problem) => Problems(text).ShouldBe([problem]);

    [Fact]
    public void Every_broken_text_has_a_sentence()
    {
        const string Sound = """{"a":[1,-2.5e3,"x\u00e9\n",true,null,{}],"b":{"c":[]}}""";
        for (var length = 0; length < Sound.Length; length++)
        {
            Problems(Sound[..length]).ShouldHaveSingleItem().ShouldNotContain("The text is not JSON");
            foreach (var other in "{}[],:\"x1-\\\n\u0001")
            {
                var broken = Sound[..length] + other + Sound[length..];
                if (!AslReader.Read(broken).Diagnostics.Any(problem => problem.Id == "INVALID_JSON_DESCRIPTION")) continue;
                Problems(broken).ShouldHaveSingleItem().ShouldNotContain("The text is not JSON", customMessage: broken);
            }
        }
    }

    [Fact]
    public void Hostile_documents_are_refused_not_a_crash()
    {
        Problems(new string('[', 100_000)).ShouldHaveSingleItem().ShouldStartWith("TOO_DEEPLY_NESTED");
        Problems(new string(' ', StateMachineValidator.MaxBytes + 1)).ShouldHaveSingleItem().ShouldStartWith("ValidationException");
        var wide = new StringBuilder("{\"StartAt\":\"S0\",\"States\":{");
        for (var i = 0; i < 10_000; i++) wide.Append(System.Globalization.CultureInfo.InvariantCulture, $"\"S{i}\":{{\"Type\":\"Pass\",\"Next\":\"S{i + 1}\"}},");
        wide.Append("\"S10000\":{\"Type\":\"Succeed\"}}}");
        Problems(wide.ToString()).ShouldBeEmpty();
    }

    [Fact]
    public void The_answer_of_the_service_has_a_limit_and_a_severity()
    {
        var result = StateMachineValidator.Validate("""{"StartAt":"S","States":{"S":{"Type":"Pass","Result":{"x.$":"$"},"A":1,"B":2,"End":true}}}""");
        result.Diagnostics.Count.ShouldBe(3);
        result.ToResponse()["diagnostics"]!.ShouldBeOfType<JsonArray>().Count.ShouldBe(2);
        result.ToResponse(DiagnosticSeverity.Warning, 1).ToJson().ShouldBe(
            """{"result":"FAIL","diagnostics":[{"severity":"ERROR","code":"SCHEMA_VALIDATION_FAILED","message":"Field 'A' is not supported","location":"/States/S"}],"truncated":true}""");
    }

    [Fact]
    public void A_state_is_validated_alone() =>
        StateMachineValidator.ValidateState("""{"Type":"Parallel","Branches":[],"End":true}""").RefusalMessage.ShouldBe(
            "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States/StateName/Branches'");
}
