using Orkestra.Asl.Integrations;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.TestState;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Hosting.TestState;

public sealed class RefusalTests
{
    const string Pass = """{"Type":"Pass","End":true}""";
    const string Task = """{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","End":true}""";
    const string Callback = """{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","End":true}""";
    const string Parallel = """{"Type":"Parallel","Branches":[{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}],"End":true}""";

    static async Task<string?> RefusalAsync(StateTestRequest request)
    {
        try
        {
            await new StateTester().TestAsync(request, TestContext.Current.CancellationToken);
            return null;
        }
        catch (StateTestException refusal)
        {
            return $"{refusal.Code}: {refusal.Message}";
        }
    }

    static StateMock Gives(string result, FieldValidationMode mode = FieldValidationMode.Strict) => new() { Result = result, FieldValidationMode = mode };

    [Fact]
    public async Task A_mock_needs_work_to_stand_for()
    {
        (await RefusalAsync(new StateTestRequest { Definition = Pass, Mock = Gives("1") })).ShouldBe("ValidationException: State type 'Pass' is not supported when a mock is specified");
        (await RefusalAsync(new StateTestRequest { Definition = Parallel }))!.ShouldStartWith("InvalidDefinition: TestState API does not support Map or Parallel states.");
        (await RefusalAsync(new StateTestRequest { Definition = Callback, RoleArn = "r" }))!.ShouldStartWith("InvalidDefinition: TestState API does not support '.sync'");
        (await RefusalAsync(new StateTestRequest { Definition = Task, StateConfiguration = new() { RetrierRetryCount = 1 } }))
            .ShouldBe("ValidationException: TestState does not support RetrierRetryCount when a mock is not specified.");
    }

    [Theory]
    [InlineData("{", "Mocked result must be valid JSON")]
    [InlineData("{}", "Mocked result must be an array.")]
    [InlineData("[1,2]", "Mocked result must contain the same number of items as number of Parallel branches.")]
    [InlineData("[1]", null)]
    public async Task A_parallel_gives_an_item_a_branch(string result, string? problem) =>
        (await RefusalAsync(new StateTestRequest { Definition = Parallel, Mock = Gives(result) })).ShouldBe(problem is null ? null : $"ValidationException: {problem}");

    [Theory]
    [InlineData("""{"Execution":{"Id":"x","Input":{"any":1}},"State":{"Name":"S","RetryCount":2}}""", null)]
    [InlineData("""{"State":{"Colour":1}}""", "Field 'Colour' is not allowed")]
    [InlineData("""{"Map":{"Item":{}}}""", "'Map' field is not supported when mocking a Context object")]
    [InlineData("""{"State":{"RetryCount":"2"}}""", "State.RetryCount must be a integer")]
    [InlineData("""{"Task":{"Token":"t"}}""", "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern")]
    public async Task A_context_has_only_what_the_service_puts_there(string context, string? problem)
    {
        var request = new StateTestRequest { Definition = Task, Mock = Gives("{}"), Context = (JsonObject)JsonValue.Parse(context) };

        (await RefusalAsync(request)).ShouldBe(problem is null ? null : $"ValidationException: Invalid Context object provided: {problem}");
        if (context.Contains("Token", StringComparison.Ordinal)) (await RefusalAsync(request with { Definition = Callback })).ShouldBeNull();
    }

    [Theory]
    [InlineData("lambda:invoke", """{"StatusCode":200,"Payload":[1],"Extra":{}}""", null)]
    [InlineData("lambda:invoke", """{"StatusCode":"200"}""", "Field 'StatusCode' must be a number")]
    [InlineData("lambda:invoke", "7", "Mocked result must be a JSON object.")]
    [InlineData("states:startExecution", """{"ExecutionArn":"","StartDate":"now"}""", "Field 'ExecutionArn' is smaller than the minimum length")]
    [InlineData("states:startExecution", """{"ExecutionArn":"a"}""", "Required field 'StartDate' is missing")]
    [InlineData("states:startExecution.sync:2", """{"ExecutionArn":"a"}""", "Required field 'StateMachineArn' is missing")]
    [InlineData("states:startExecution.waitForTaskToken", "7", null)]
    [InlineData("aws-sdk:sfn:startExecution", "{}", "Required field 'ExecutionArn' is missing")]
    [InlineData("aws-sdk:s3:listObjectsV2", """{"Contents":[{"Size":1},{"Size":true}]}""", "Field 'Size' must be a number")]
    [InlineData("aws-sdk:s3:listObjectsV2", """{"IsTruncated":"no"}""", "Field 'IsTruncated' must be a boolean")]
    [InlineData("aws-sdk:lambda:getFunction", """{"Configuration":{"MemorySize":10241}}""", "Field 'MemorySize' is greater than the maximum value")]
    [InlineData("aws-sdk:lambda:getFunction", """{"Configuration":{"Architectures":["arm32"]}}""", "Field 'Architectures' is not an expected value")]
    [InlineData("aws-sdk:lambda:getFunction", """{"Tags":[]}""", "Field 'Tags' must be an object")]
    [InlineData("aws-sdk:nowhere:doIt", """{"Roles":7}""", null)]
    public void Results_have_the_form_of_the_action(string action, string result, string? problem) =>
        MockedResult.Check(TaskResource.Parse("arn:aws:states:::" + action), JsonValue.Parse(result), FieldValidationMode.Strict).ShouldBe(problem);

    [Fact]
    public async Task How_closely_results_are_looked_at_can_be_said()
    {
        var request = new StateTestRequest { Definition = """{"Type":"Task","Resource":"arn:aws:states:::states:startExecution","End":true}""" };

        (await RefusalAsync(request with { Mock = Gives("{}") })).ShouldBe("ValidationException: Mock result schema validation error: Required field 'ExecutionArn' is missing");
        (await RefusalAsync(request with { Mock = Gives("{}", FieldValidationMode.Present) })).ShouldBeNull();
        (await RefusalAsync(request with { Mock = Gives("""{"StartDate":1}""", FieldValidationMode.Present) })).ShouldNotBeNull();
        (await RefusalAsync(request with { Mock = Gives("""{"StartDate":1}""", FieldValidationMode.None) })).ShouldBeNull();
    }

    [Fact]
    public void Every_form_of_the_table_is_told()
    {
        var seen = new HashSet<Shape>();
        foreach (var service in IntegrationCatalog.All)
        {
            foreach (var (action, shape) in service.Answers) AllTold(shape, $"{service.Name ?? service.SdkName}:{action}", isAnswer: true);
            foreach (var action in service.Actions.Keys)
            {
                if (service.RequestOf(action) is { } request) AllTold(request, $"{service.Name}:{action}");
            }
        }

        seen.Count.ShouldBeGreaterThan(200);

        void AllTold(Shape shape, string where, bool isAnswer = false)
        {
            if (!seen.Add(shape)) return;
            if (shape.Kind == ShapeKind.Structure && !isAnswer) shape.Fields.ShouldNotBeEmpty(where);
            if (shape.Kind is ShapeKind.List or ShapeKind.Map) AllTold(shape.Member, where);
            foreach (var (name, field) in shape.Fields) AllTold(field, $"{where}.{name}");
        }
    }
}
