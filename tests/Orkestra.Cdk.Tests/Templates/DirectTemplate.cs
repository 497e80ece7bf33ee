using Orkestra.Authoring;
using Orkestra.CommandLine;
using Orkestra.CommandLine.Terminal;
using Orkestra.Deployment.Descriptions;
using Orkestra.Deployment.Templates;
using Shouldly;

namespace Orkestra.Cdk.Tests.Templates;

/// <summary>Templates as <c>orkestra template</c> makes them: of what the program of the workflows says.</summary>
internal static class DirectTemplate
{
    // As CdkTest publishes.
    static readonly TemplateProgram Program = new("Functions", IsArm: true, "package");

    public static async Task<DeploymentTemplate> OfAsync(TemplateOptions options, params Workflow[] workflows) =>
        DeploymentTemplate.Make(DescriptionReader.Read("Program", await DescribeAsync(workflows)), Program, options);

    public static async Task<string> DescribeAsync(params Workflow[] workflows)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var streams = new Streams(output, error, false, false, () => Stream.Null);
        var code = await OrkestraHost.RunAsync(new WorkflowChoice(() => workflows[0], () => workflows.Skip(1)), ["describe"], null, streams);
        code.ShouldBe(0, error.ToString());
        return output.ToString();
    }
}
