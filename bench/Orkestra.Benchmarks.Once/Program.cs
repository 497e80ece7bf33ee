using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

// The paths of a document and of its input. The document must call no functions.
var document = AslReader.Parse(File.ReadAllText(args[0]));
var input = JsonValue.Parse(File.ReadAllBytes(args[1]));
var result = await new OrkestraRuntime(new NoFunctions()).RunAsync(ExecutionPlan.Compile(document), input);
Console.WriteLine(result.Output?.ToJson() ?? $"{result.Error}: {result.Cause}");
return result.IsSuccess ? 0 : 1;

sealed class NoFunctions : ITaskInvoker
{
    public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation) => new(TaskOutcome.Unhandled);
}
