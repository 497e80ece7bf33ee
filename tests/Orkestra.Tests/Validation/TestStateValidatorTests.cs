using Orkestra.Expressions.Data;
using Orkestra.Validation.TestState;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Validation;

public sealed class TestStateValidatorTests
{
    const string Pass = """{"Type":"Pass","End":true}""";

    static TestStateMock Mocked(string result, FieldValidationMode mode = FieldValidationMode.Strict) => new(result, null, null, false, mode);

    static string? Refusal(TestStateRequest request) => TestStateValidator.Check(request)?.Message;

    static string? Task(string action, string result, FieldValidationMode mode = FieldValidationMode.Strict) => Refusal(new TestStateRequest
    {
        Definition = """{"Type":"Task","End":true,"Resource":"arn:aws:states:::RESOURCE"}""".Replace("RESOURCE", action, StringComparison.Ordinal),
        Mock = Mocked(result, mode),
    });

    [Fact]
    public void Requests_are_refused_as_recorded_and_only_those()
    {
        var wrong = new List<string>();
        foreach (var (_, data) in ConformanceData.Cases("localstack/test-state.json"))
        {
            if (data["awsValidated"] == false) continue;
            var request = TestStateRequest.FromJson(((JsonObject)data["request"]!).With("definition", data["definition"]!.ToJson()));
            var expect = data["expect"]!;
            var expected = ((expect["exception_value"] ?? expect["Error"]?["Message"]) as JsonString)?.Value;
            const string Told = "when calling the TestState operation: ";
            if (expected?.IndexOf(Told, StringComparison.Ordinal) is { } at and >= 0) expected = expected[(at + Told.Length)..];
            // The recordings leave out the role where the test gave it by other means.
            if (expected is null && request.RoleArn is null) request = request with { RoleArn = "arn:aws:iam::111111111111:role/r" };
            if (Refusal(request) != expected) wrong.Add($"{data.Id()}: {Refusal(request)}");
        }

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("lambda:invoke", """{"StatusCode":200,"Payload":[1],"Extra":{}}""", null)]
    [InlineData("lambda:invoke", """{"StatusCode":"200"}""", "Field 'StatusCode' must be a number")]
    [InlineData("states:startExecution", """{"ExecutionArn":""}""", "Field 'ExecutionArn' is smaller than the minimum length")]
    [InlineData("states:startExecution", """{"ExecutionArn":"a"}""", "Required field 'StartDate' is missing")]
    [InlineData("aws-sdk:s3:listObjectsV2", """{"Contents":[{"Size":1},{"Size":true}]}""", "Field 'Size' must be a number")]
    [InlineData("aws-sdk:s3:listObjectsV2", """{"IsTruncated":"no"}""", "Field 'IsTruncated' must be a boolean")]
    [InlineData("aws-sdk:lambda:getFunction", """{"Configuration":{"MemorySize":10241}}""", "Field 'MemorySize' is greater than the maximum value")]
    [InlineData("aws-sdk:lambda:getFunction", """{"Configuration":{"Architectures":["arm32"]}}""", "Field 'Architectures' is not an expected value")]
    [InlineData("aws-sdk:lambda:getFunction", """{"Tags":[]}""", "Field 'Tags' must be an object")]
    [InlineData("aws-sdk:iam:listRoles", """{"Roles":7}""", null)]
    public void Results_have_the_shape_of_the_action(string action, string result, string? problem) =>
        Task(action, result).ShouldBe(problem is null ? null : $"Mock result schema validation error: {problem}");

    [Fact]
    public void How_closely_results_are_looked_at_can_be_said()
    {
        Task("states:startExecution", "{}", FieldValidationMode.Present).ShouldBeNull();
        Task("states:startExecution", """{"StartDate":1}""", FieldValidationMode.Present).ShouldNotBeNull();
        Task("states:startExecution", """{"StartDate":1}""", FieldValidationMode.None).ShouldBeNull();
    }

    [Fact]
    public void Every_shape_can_be_read()
    {
        foreach (var action in ResultShapes.Actions) ResultShapes.Find("arn:aws:states:::aws-sdk:" + action).ShouldBeOfType<StructureShape>().Fields.ShouldNotBeEmpty(action);
    }

    [Fact]
    public void A_context_may_only_have_what_the_service_puts_there()
    {
        Refusal(new TestStateRequest { Definition = Pass, Context = """{"Execution":{"Id":"x","Input":{"any":1}},"State":{"Name":"S"}}""" }).ShouldBeNull();
        Refusal(new TestStateRequest { Definition = Pass, Context = """{"State":{"Colour":1}}""" }).ShouldBe("Invalid Context object provided: Field 'Colour' is not allowed");
        Refusal(new TestStateRequest { Definition = Pass, Context = "[" }).ShouldBe("Invalid Context object provided: Context object must be a JSON object");
    }
}
