using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orkestra.Deployment.Descriptions;

namespace Orkestra.Deployment.Templates;

/// <summary>A CloudFormation template of workflows, with what it is made of for other tools.</summary>
internal sealed class DeploymentTemplate
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    DeploymentTemplate(JsonObject root, IReadOnlyList<MadeMachine> machines)
    {
        Root = root;
        Machines = machines;
    }

    public JsonObject Root { get; }

    public IReadOnlyList<MadeMachine> Machines { get; }

    /// <summary>The names of the parameters of the template.</summary>
    public IEnumerable<string> ParameterNames => Root["Parameters"]?.AsObject().Select(parameter => parameter.Key) ?? [];

    /// <summary>The template as JSON.</summary>
    public string Text => TextOf(Root);

    /// <summary>Makes the template.</summary>
    /// <param name="workflows">The workflows.</param>
    /// <param name="program">What their functions run.</param>
    /// <param name="options">How they are deployed.</param>
    /// <exception cref="DeploymentException">They cannot be deployed as asked.</exception>
    public static DeploymentTemplate Make(IReadOnlyList<WorkflowDescription> workflows, TemplateProgram program, TemplateOptions options)
    {
        CheckNames(workflows, options);
        var parts = new TemplateParts();
        var machines = new MachineResources(parts, program, options, workflows);
        machines.Make();
        var schedules = new ScheduleResources(parts);
        foreach (var schedule in options.Schedules) schedules.Make(schedule, machines.Made.First(machine => machine.Workflow.Name == schedule.Workflow));
        foreach (var machine in machines.Made.Where(machine => workflows.Contains(machine.Workflow)))
            parts.Outputs.Add(parts.FreeId($"{machine.Id}Arn"), new JsonObject { ["Description"] = $"What to start {machine.Workflow.Name} by.", ["Value"] = TemplateText.Value(machine.StartArn) });
        var root = new JsonObject { ["AWSTemplateFormatVersion"] = "2010-09-09", ["Description"] = $"Workflows of Orkestra: {string.Join(", ", workflows.Select(workflow => workflow.Name))}" };
        // A path that 'aws cloudformation package' replaces by bucket and key.
        if (options.CodePath is not null) root["Metadata"] = TemplateParts.LintIgnoring("W3002");
        if (parts.Parameters.Count > 0) root["Parameters"] = parts.Parameters;
        root["Resources"] = parts.Resources;
        root["Outputs"] = parts.Outputs;
        return new DeploymentTemplate(root, machines.Made);
    }

    /// <summary>The permissions of a state machine as a policy of IAM, with references as <c>${Name}</c>.</summary>
    public static string PolicyOf(MadeMachine machine) => TextOf(PolicyText.Document(machine.Grants, text => JsonValue.Create(TemplateText.Plain(text))));

    /// <summary>The settings of the functions of a state machine by the names of their placeholders.</summary>
    public static string FunctionsOf(MadeMachine machine)
    {
        var functions = new JsonObject();
        foreach (var function in machine.Functions) functions.Add(function.Step.Step.Function, function.Settings.ToJson());
        return TextOf(functions);
    }

    static string TextOf(JsonNode node) => node.ToJsonString(Indented) + "\n";

    static void CheckNames(IReadOnlyList<WorkflowDescription> workflows, TemplateOptions options)
    {
        foreach (var name in options.Express.Concat(options.Schedules.Select(schedule => schedule.Workflow)))
        {
            if (workflows.All(workflow => workflow.Name != name))
                throw new DeploymentException($"There is no workflow '{name}' in the template: it has {string.Join(", ", workflows.Select(workflow => workflow.Name))}.");
        }
    }
}
