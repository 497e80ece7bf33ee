using Orkestra.Deployment.Descriptions;

namespace Orkestra.Deployment.Templates;

/// <summary>A function of a template.</summary>
/// <param name="Step">Its step.</param>
/// <param name="Id">The id of the function.</param>
/// <param name="CalledArn">What the state machine calls: the function, or a version of it.</param>
/// <param name="Settings">Its settings.</param>
internal sealed record MadeFunction(StepDescription Step, string Id, string CalledArn, FunctionSettings Settings)
{
    /// <summary>What the state machine is allowed to call. Executions that began before a deployment call the versions of then, whose numbers are not known now.</summary>
    public string CallableArn(bool versions) => versions ? $"{TemplateText.Attribute(Id, "Arn")}:*" : TemplateText.Attribute(Id, "Arn");
}
