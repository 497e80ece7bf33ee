using System.Text;
using Orkestra.Asl;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Asl;

public sealed class AslReaderTests
{
    [Fact]
    public void All_problems_are_reported_with_their_places()
    {
        var result = AslReader.Read(
            """
            {
              "StartAt": 5,
              "TimeoutSeconds": "soon",
              "Colour": "red",
              "States": {
                "A": { "Type": "Pass", "End": "yes", "Retry": [] },
                "B": { "Type": "Tsk" },
                "C": { "End": true },
                "D": 7,
                "E": { "Type": "Task", "Resource": "r", "Resource": "s", "Retry": [{ "ErrorEquals": "X", "MaxAttempts": 1.5 }], "InputPath": true },
                "F": { "Type": "Choice", "Choices": [{ "Variable": "$.x", "Next": "A" }] }
              }
            }
            """);

        result.Diagnostics.Select(problem => problem.ToString()).ShouldBe([
            "2:14: error WRONG_TYPE: The field 'StartAt' is a string, not a number. at /StartAt",
            "3:21: error WRONG_TYPE: The field 'TimeoutSeconds' is an integer, not 'soon'. at /TimeoutSeconds",
            "4:3: warning UNKNOWN_FIELD: The field 'Colour' is not known here. at /",
            "6:35: error WRONG_TYPE: The field 'End' is a boolean, not 'yes'. at /States/A/End",
            "6:42: warning UNKNOWN_FIELD: The field 'Retry' is not known here. at /States/A",
            "7:20: error UNKNOWN_STATE_TYPE: The field 'Type' is Pass, Task, Choice, Wait, Succeed, Fail, Parallel or Map, not \"Tsk\". at /States/B/Type",
            "8:10: error UNKNOWN_STATE_TYPE: The state has no field 'Type': Pass, Task, Choice, Wait, Succeed, Fail, Parallel or Map. at /States/C",
            "9:10: error WRONG_TYPE: A state is an object, not a number. at /States/D",
            "10:45: error DUPLICATE_FIELD: The field 'Resource' appears twice in this object; the last one counts.",
            "10:89: error WRONG_TYPE: The field 'ErrorEquals' is an array of strings, not 'X'. at /States/E/Retry[0]/ErrorEquals",
            "10:109: error WRONG_TYPE: The field 'MaxAttempts' is an integer, not a number. at /States/E/Retry[0]/MaxAttempts",
            "10:130: error WRONG_TYPE: The field 'InputPath' is a path or null, not a boolean. at /States/E/InputPath",
            "11:42: error UNKNOWN_RULE: The rule has no comparison operator, no And, Or or Not, and no Condition. at /States/F/Choices[0]",
            "11:44: warning UNKNOWN_FIELD: The field 'Variable' is not known here. at /States/F/Choices[0]",
        ]);
        ((TaskState)result.Document!.States["E"]).Resource.ShouldBe("s");
        Should.Throw<AslFormatException>(() => result.GetDocument()).Message.ShouldBe(
            "2:14: error WRONG_TYPE: The field 'StartAt' is a string, not a number. at /StartAt (and 10 more)");
    }

    [Fact]
    public void What_is_not_understood_is_written_back()
    {
        const string Text = """{"StartAt":5,"Colour":"red","States":{"A":{"Type":"Pass","End":"yes"},"B":{"Type":"Nothing","X":1},"D":[7]}}""";
        AslWriter.ToJson(AslReader.Read(Text).Document!).Equals(JsonValue.Parse(Text)).ShouldBeTrue();
    }

    [Fact]
    public void Columns_count_characters_not_bytes()
    {
        var problem = AslReader.Read("""{ "Comment": "größer 🎵", "StartAt": 1 }""").Diagnostics[0];
        (problem.Line, problem.Column).ShouldBe((1, 38));
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("not a definition", 1, 2)]
    [InlineData("{\n  \"StartAt\": \"A\",,\n}", 2, 18)]
    [InlineData("{\"StartAt\":\"A\"} x", 1, 17)]
    public void Text_that_is_not_json_is_one_problem_with_a_position(string text, int line, int column)
    {
        var result = AslReader.Read(text);
        result.Document.ShouldBeNull();
        var problem = result.Diagnostics.ShouldHaveSingleItem();
        (problem.Id, problem.Line, problem.Column).ShouldBe(("INVALID_JSON_DESCRIPTION", line, column));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"{}\"")]
    public void A_document_is_an_object(string text)
    {
        var result = AslReader.Read(text);
        result.Document.ShouldBeNull();
        result.HasErrors.ShouldBeTrue();
    }

    [Fact]
    public void Absent_null_and_empty_are_three_things()
    {
        var states = AslReader.Parse(
            """
            {"StartAt":"A","States":{
              "A":{"Type":"Task","Resource":"r","InputPath":null,"ResultPath":"$.a","Retry":[],"Next":"B"},
              "B":{"Type":"Pass","Output":null,"End":true}}}
            """).States;
        var task = (TaskState)states["A"];
        task.InputPath.ShouldBe(PathField.Null);
        task.OutputPath.ShouldBe(PathField.Absent);
        task.ResultPath.ShouldBe("$.a");
        task.Retry.IsAbsent.ShouldBeFalse();
        task.Catch.IsAbsent.ShouldBeTrue();
        states["B"].Output.ShouldBe(JsonValue.Null);
        task.Output.ShouldBeNull();
    }

    [Fact]
    public void Placeholders_of_deployment_tools_are_only_warnings()
    {
        var result = AslReader.Read("""{"StartAt":"A","TimeoutSeconds":"${Timeout}","States":{"A":{"Type":"Wait","Seconds":"${Seconds}","End":true}}}""");
        result.HasErrors.ShouldBeFalse();
        AslWriter.ToJson(result.Document!)["TimeoutSeconds"].ShouldBe("${Timeout}");
    }

    [Fact]
    public void A_state_is_read_alone()
    {
        var (state, problems) = AslReader.ReadState("""{"Type":"Wait","Seconds":1,"End":true}""");
        state.ShouldBe(new WaitState { Seconds = 1, End = true });
        problems.Count.ShouldBe(0);
    }

    [Fact]
    public void Hostile_nesting_is_a_problem_not_a_crash()
    {
        AslReader.Read(new string('[', 10_000) + new string(']', 10_000)).Diagnostics[0].Id.ShouldBe("TOO_DEEPLY_NESTED");
        AslReader.Read(new string('[', 1_000_000)).HasErrors.ShouldBeTrue();

        var parallels = new StringBuilder();
        var levels = 0;
        while (parallels.Length < 900_000)
        {
            parallels.Append("""{"StartAt":"P","States":{"P":{"End":true,"Type":"Parallel","Branches":[""");
            levels++;
        }

        for (; levels > 0; levels--) parallels.Append("]}}}");
        AslReader.Read(parallels.ToString()).Diagnostics[0].Id.ShouldBe("TOO_DEEPLY_NESTED");
    }

    [Fact]
    public void The_deepest_document_that_is_allowed_is_read_and_written()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 249; i++) text.Append("{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Parallel\",\"Branches\":[");
        for (var i = 0; i < 249; i++) text.Append("]}}}");
        var result = AslReader.Read(text.ToString());
        result.HasErrors.ShouldBeFalse();
        AslReader.Parse(AslWriter.Write(result.Document!, indented: false)).ShouldBe(result.Document);
    }

    [Fact]
    public void A_definition_over_one_megabyte_is_refused_before_it_is_read()
    {
        var text = $$$$"""{"StartAt":"A","Comment":"{{{{new string('x', AslReader.MaxBytes)}}}}","States":{"A":{"Type":"Succeed"}}}""";
        var result = AslReader.Read(text);
        result.Document.ShouldBeNull();
        result.Diagnostics.ShouldHaveSingleItem().ToString().ShouldBe(
            $"1:1: error DOCUMENT_TOO_LARGE: The document has {text.Length} bytes, more than the 1048576 that a state machine's definition may have.");
        AslReader.Read(Encoding.UTF8.GetBytes(text)).Diagnostics.ShouldHaveSingleItem().Id.ShouldBe("DOCUMENT_TOO_LARGE");
        AslReader.ReadState(text).Diagnostics.ShouldHaveSingleItem().Id.ShouldBe("DOCUMENT_TOO_LARGE");
        AslReader.Read(text.Remove(30, text.Length - AslReader.MaxBytes)).Diagnostics.ShouldBeEmpty();
        // Bytes count, not characters.
        AslReader.Read($$$$"""{"StartAt":"A","Comment":"{{{{new string('é', AslReader.MaxBytes / 2)}}}}","States":{"A":{"Type":"Succeed"}}}""")
            .Diagnostics.ShouldHaveSingleItem().Id.ShouldBe("DOCUMENT_TOO_LARGE");
    }

    [Fact]
    public void As_many_states_as_fit_cost_little_memory()
    {
        var text = new StringBuilder("{\"StartAt\":\"0\",\"States\":{");
        for (var i = 0; text.Length < AslReader.MaxBytes - 40; i++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{(i > 0 ? "," : "")}\"{i}\":{{\"Type\":\"Fail\"}}");
        var json = text.Append("}}").ToString();
        var before = GC.GetAllocatedBytesForCurrentThread();
        AslReader.Read(json).HasErrors.ShouldBeFalse();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(120 * 1024 * 1024);
    }

    [Fact]
    public void A_text_that_is_not_utf8_is_refused_with_its_place()
    {
        var bytes = Encoding.UTF8.GetBytes("{\n \"StartAt\": \"A?\" }");
        bytes[Array.IndexOf(bytes, (byte)'?')] = 0xFF;
        var result = AslReader.Read(bytes);
        result.Document.ShouldBeNull();
        result.Diagnostics.ShouldHaveSingleItem().ToString().ShouldBe("2:15: error INVALID_UTF8: The text is not valid UTF-8 at byte 16. Save the definition as UTF-8.");
        AslReader.Read("{\n \"StartAt\": \"A\uD800\" }").Diagnostics.ShouldHaveSingleItem().ToString().ShouldBe(result.Diagnostics[0].ToString());
    }

    [Fact]
    public void Problems_are_bounded_and_their_number_does_not_square_the_time()
    {
        var text = $"{{{string.Join(',', Enumerable.Repeat("\"a\":1", 150_000))}}}";
        var result = AslReader.Read(text);
        result.Diagnostics.Count.ShouldBe(1001);
        result.Diagnostics[^1].Message.ShouldBe("The text has more than 1000 problems; the others are not listed.");
        result.Diagnostics[999].Column.ShouldBe(6002);
    }
}
