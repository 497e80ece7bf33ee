using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.StepFunctions;
using Orkestra.Authoring;
using Orkestra.Cdk;

/// <summary>A step plans a report, a container of AWS Batch renders it, a step files it.</summary>
/// <param name="job">The task of CDK that submits the job and waits for its end.</param>
/// <param name="permissions">What submitting takes.</param>
public sealed class RenderReport(IChainable job, IReadOnlyList<PolicyStatement> permissions) : Workflow<Nothing, string>
{
    public override Flow<Nothing, string> Define() =>
        OrderSteps.PlanReport.From<Nothing>()
        >> job.AsFlow<ReportRequest, ReportJob>(permissions)
        >> OrderSteps.FileReport;
}
