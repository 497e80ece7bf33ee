using System.Text.Json;
using System.Text.Json.Nodes;
using Orkestra.Authoring.Schedules;
using Orkestra.Deployment.Permissions;

namespace Orkestra.Deployment.Templates;

/// <summary>The resources of a schedule: an EventBridge rule, or a schedule of EventBridge Scheduler for what only that knows, with a role that may start the state machine and nothing else.</summary>
internal sealed class ScheduleResources(TemplateParts parts)
{
    /// <exception cref="DeploymentException">The schedule is not valid.</exception>
    public void Make(TemplateSchedule schedule, MadeMachine machine)
    {
        var expression = Expression(schedule);
        CheckInput(schedule);
        var isRule = schedule.TimeZone is null && !expression.StartsWith("at(", StringComparison.Ordinal);
        var id = parts.FreeId($"{machine.Id}Schedule");
        var role = parts.FreeId(id + "Role");
        // A version or an alias is started with the permission on the state machine itself: https://docs.aws.amazon.com/step-functions/latest/dg/auth-version-alias.html
        parts.Add(role, "AWS::IAM::Role", new JsonObject
        {
            // https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
            ["AssumeRolePolicyDocument"] = isRule ? PolicyText.AssumedBy("events.amazonaws.com") : PolicyText.AssumedBy("scheduler.amazonaws.com", isBound: true),
            ["Policies"] = new JsonArray(new JsonObject
            {
                ["PolicyName"] = "Start",
                ["PolicyDocument"] = PolicyText.Document(new Grant(["states:StartExecution"], [TemplateText.Ref(machine.Id)])),
            }),
        });
        var target = new JsonObject { ["Arn"] = TemplateText.Value(machine.StartArn), ["RoleArn"] = TemplateText.Value(TemplateText.Attribute(role, "Arn")) };
        if (schedule.Input is { } input) target["Input"] = input;
        if (isRule)
        {
            target["Id"] = "StateMachine";
            parts.Add(parts.FreeId(id + "Rule"), "AWS::Events::Rule", new JsonObject { ["ScheduleExpression"] = expression, ["State"] = "ENABLED", ["Targets"] = new JsonArray(target) });
            return;
        }

        var properties = new JsonObject { ["FlexibleTimeWindow"] = new JsonObject { ["Mode"] = "OFF" }, ["ScheduleExpression"] = expression, ["State"] = "ENABLED", ["Target"] = target };
        if (schedule.TimeZone is { } zone) properties["ScheduleExpressionTimezone"] = zone;
        parts.Add(id, "AWS::Scheduler::Schedule", properties);
    }

    static string Expression(TemplateSchedule schedule)
    {
        try
        {
            return ScheduleExpression.Parse(schedule.Expression, schedule.Workflow).Text;
        }
        catch (FormatException problem)
        {
            throw new DeploymentException(problem.Message, problem);
        }
    }

    static void CheckInput(TemplateSchedule schedule)
    {
        try
        {
            if (schedule.Input is { } input) JsonDocument.Parse(input).Dispose();
        }
        catch (JsonException problem)
        {
            throw new DeploymentException($"The input of the schedule of {schedule.Workflow} is not JSON: {problem.Message}", problem);
        }
    }
}
