using Orkestra.Lambda;

/// <summary>What the deployed program holds: a workflow's steps, and steps that belong to none.</summary>
public static class OrderFunctions
{
    public static void Add(LambdaOptions options) => options
        .Add(new PlaceOrder())
        .Add(OrderSteps.PlanReport)
        .Add(OrderSteps.FileReport)
        .Add(OrderSteps.ShowOrder);
}
