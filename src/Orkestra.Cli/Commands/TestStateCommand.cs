using System.CommandLine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Integrations;
using Orkestra.Hosting.TestState;
using Orkestra.Local.Tasks;
using Orkestra.Serving;

namespace Orkestra.Cli.Commands;

/// <summary><c>orkestra test-state</c>: TestState of AWS, here.</summary>
internal static class TestStateCommand
{
    const string Role = "arn:aws:iam::000000000000:role/orkestra";

    internal static Command Create(ToolStreams streams)
    {
        var file = new Argument<string>("FILE") { Description = "One state, or a whole definition with --state; - for standard input." };
        var state = new Option<string?>("--state") { Description = "The state to test, at any depth of the definition.", HelpName = "NAME" };
        var input = new Option<string?>("--input") { Description = "The input; {} by default.", HelpName = "FILE|JSON" };
        var variables = new Option<string?>("--variables") { Description = "The variables that the state can read.", HelpName = "FILE|JSON" };
        var context = new Option<string?>("--context") { Description = "The Context Object.", HelpName = "FILE|JSON" };
        var result = new Option<string?>("--mock-result") { Description = "The result of the state's task, which is not called.", HelpName = "FILE|JSON" };
        var error = new Option<string?>("--mock-error") { Description = "The error that the state's task fails with.", HelpName = "NAME" };
        var cause = new Option<string?>("--mock-cause") { Description = "The cause of the mocked error.", HelpName = "TEXT" };
        var level = new Option<InspectionLevel>("--level") { Description = "The level of detail: info, debug or trace.", DefaultValueFactory = _ => InspectionLevel.Info };
        var json = new Option<bool>("--json") { Description = "Writes the answer on one line." };
        var command = new Command("test-state", "Tests one state with an input. The exit code is 1 if the state fails.") { file, state, input, variables, context, result, error, cause, level, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var isMocked = parsed.GetValue(result) is not null || parsed.GetValue(error) is not null;
            var request = new StateTestRequest
            {
                Definition = ToolInput.Text(parsed.GetValue(file)!, streams),
                StateName = parsed.GetValue(state),
                Input = Json(parsed.GetValue(input), streams),
                Variables = Json(parsed.GetValue(variables), streams) as JsonObject,
                Context = Json(parsed.GetValue(context), streams) as JsonObject,
                InspectionLevel = parsed.GetValue(level),
                Mock = isMocked ? new StateMock
                {
                    Result = Json(parsed.GetValue(result), streams)?.ToJson(),
                    ErrorOutput = parsed.GetValue(error) is { } name ? new StateMockError(name, parsed.GetValue(cause)) : null,
                } : null,
                RoleArn = Role,
            };
            var environment = ServiceEnvironment.OfProcess();
            using var forwarding = new ForwardingInvoker(environment.Find, environment.Region);
            var tester = new StateTester(forwarding) { Http = new HttpTaskOptions() };
            try
            {
                var tested = await tester.TestAsync(request, cancellation).ConfigureAwait(false);
                var answer = tested.ToJson();
                await streams.Output.WriteLineAsync(parsed.GetValue(json) || !streams.IsOutputTerminal ? answer.ToJson() : answer.ToIndentedJson()).ConfigureAwait(false);
                return tested.Status == StateTestStatus.Failed ? ToolExitCode.Failure : ToolExitCode.Success;
            }
            catch (StateTestException refusal)
            {
                throw new ToolException($"{refusal.Code}: {refusal.Message}");
            }
        });
        return command;
    }

    static JsonValue? Json(string? argument, ToolStreams streams) => argument is null ? null : ToolInput.Json(argument, streams);
}
