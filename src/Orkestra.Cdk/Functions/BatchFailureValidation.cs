using Amazon.CDK.AWS.Lambda;
using Amazon.JSII.Runtime.Deputy;
using Constructs;
using Orkestra.Authoring;

namespace Orkestra.Cdk.Functions;

/// <summary>
/// Refuses an event source of a step that runs once for each record if the source does not ask which records failed: it would treat failed records as processed, and they
/// would be lost.
/// </summary>
internal sealed class BatchFailureValidation(IStep step, Function function) : DeputyBase, IValidation
{
    const string Asked = "ReportBatchItemFailures";

    public string[] Validate() =>
    [
        .. function.Node.FindAll().OfType<CfnEventSourceMapping>().Where(source => source.FunctionResponseTypes?.Contains(Asked) != true).Select(source =>
            $"The step '{step.Name}' answers with the records that failed (EachRecord), and its source {source.Node.Scope!.Node.Id} does not ask for them: set {Asked} = true on it."),
    ];
}
